/** The services that a use case may run on, each with what it names; they decide which policies apply. */
export const SERVICES = {
  azure_openai: 'OpenAI models on Azure OpenAI Service',
  microsoft_foundry_models: 'Other models of Microsoft Foundry (Azure AI Foundry)',
  azure_ai_face: 'Azure AI Face',
  azure_ai_vision: 'Azure AI Vision, spatial analysis included',
  azure_video_indexer: 'Azure AI Video Indexer',
  azure_content_understanding: 'Azure AI Content Understanding',
  azure_other_ai: 'Any other Azure AI service',
  openai_api: "OpenAI's own API",
  aws_rekognition: 'Amazon Rekognition',
  aws_bedrock: 'Amazon Bedrock',
  aws_other_ai: 'Any other AI service of AWS',
  google_vision: 'Google Cloud Vision and Video Intelligence',
  google_gemini: 'Gemini, by the Gemini API or Vertex AI',
  google_other_ai: 'Any other AI service of Google',
  anthropic: "Anthropic's API",
  meta_api: "Meta's Llama API",
  llama_weights: "Meta's Llama models, run by yourself or a third party",
  mistral_platform: "Mistral's API",
  mistral_weights: "Mistral's models, run by yourself or a third party",
  ibm: 'IBM watsonx and other IBM services',
  self_hosted: 'Open models and libraries that you run yourself',
  other: 'Any other service',
} as const;

export type ServiceName = keyof typeof SERVICES;

export const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[];

import { quote } from '../document/problem.ts';

/** Names of the vocabulary's services as their publishers write them. */
const SERVICES: Readonly<Record<string, string>> = {
  azure_openai: 'Azure OpenAI',
  microsoft_foundry_models: 'Microsoft Foundry Models',
  azure_ai_face: 'Azure AI Face',
  azure_ai_vision: 'Azure AI Vision',
  azure_video_indexer: 'Azure AI Video Indexer',
  azure_content_understanding: 'Azure AI Content Understanding',
  azure_other_ai: 'an Azure AI service',
  openai_api: 'the OpenAI API',
  aws_rekognition: 'Amazon Rekognition',
  aws_bedrock: 'Amazon Bedrock',
  aws_other_ai: 'an AWS AI service',
  google_vision: 'Google Cloud Vision',
  google_gemini: 'Google Gemini',
  google_other_ai: 'a Google AI service',
  anthropic: 'the Anthropic API',
  meta_api: 'the Meta API',
  llama_weights: 'Llama weights',
  mistral_platform: 'the Mistral platform',
  mistral_weights: 'Mistral weights',
  ibm: 'an IBM service',
  self_hosted: 'a self-hosted model or library',
};

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ocr: 'OCR',
  unspecified: 'an operation that does not show here',
};

/** A service's name for people; the catalog's provider id where the vocabulary only knows `other`. */
export function serviceName(service: string, provider: string): string {
  return SERVICES[service] ?? provider.replaceAll('_', ' ');
}

/** A capability for people: `face_identification` becomes `face identification`. */
export function capabilityName(capability: string): string {
  return ABBREVIATIONS[capability] ?? capability.replaceAll('_', ' ');
}

/** A use case in a sentence: its title, or its id where it has none, as a quotation. */
export function quoteTitle({ id, title }: { readonly id: string; readonly title: string }): string {
  return `the use case ${quote(title === '' ? id : title)}`;
}

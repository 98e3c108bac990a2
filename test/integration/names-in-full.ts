/** What code names without importing it, values that have the name of their key, and wrappers that are named after what they wrap. */
import type { Case } from './real-code-case.ts';

export const NAMES_IN_FULL: readonly Case[] = [
  {
    what: 'a client in PHP',
    path: 'a.php',
    text: '<?php\n$c = new \\Google\\Cloud\\Vision\\V1\\Client\\ImageAnnotatorClient();\n$f->setType(\\Google\\Cloud\\Vision\\V1\\Feature\\Type::TEXT_DETECTION);\n$c->batchAnnotateImages($r);\n',
    finds: ['google_vision ocr'],
  },
  {
    what: 'a client in Java',
    path: 'A.java',
    text: 'class A { void m() { com.amazonaws.services.rekognition.AmazonRekognition r = make(); r.searchFacesByImage(q); } }\n',
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'a client in C#',
    path: 'a.cs',
    text: 'class A { void M(Microsoft.Azure.CognitiveServices.Vision.Face.IFaceClient c) { c.Face.VerifyFaceToFaceAsync(a, b); } }\n',
    finds: ['azure_face face_verification'],
  },
  {
    what: 'a crate in Rust',
    path: 'a.rs',
    text: 'async fn go(r: aws_sdk_rekognition::Client) { r.compare_faces().send().await; }\n',
    finds: ['aws_rekognition face_verification'],
  },
  {
    what: "a file's own namespace",
    path: 'a.cs',
    text: 'namespace Microsoft.Azure.CognitiveServices.Vision.Face.Models { class B { void M() { list.Group(x); } } }\n',
    finds: [],
  },
];

export const SHORTHAND: readonly Case[] = [
  {
    what: 'C#',
    path: 'a.cs',
    text: 'class A { object Body(string mimeType, string data) => new { inlineData = new { mimeType, data } };\n string url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent"; }\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'C#, of a property',
    path: 'a.cs',
    text: 'class A { object Body(Photo image) => new { inlineData = new { image.MimeType, image.Data } };\n string url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent"; }\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'Ruby',
    path: 'a.rb',
    text: 'URL = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent"\ndef image_part(mime_type, data) = { inline_data: { mime_type:, data: } }\n',
    finds: ['google_gemini image_understanding'],
  },
];

export const NAMED_WRAPPERS: readonly Case[] = [
  {
    what: 'a model whose client another file makes',
    path: 'a.ts',
    text: "import { ai } from '@/lib/gemini';\nawait ai.models.generateContent({ model, contents: [{ inlineData: { mimeType: 'image/jpeg', data: photo } }] });\n",
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'an image for a model of which only the form is known',
    path: 'a.ts',
    text: "import { ai } from '@/lib/model';\nawait ai.models.generateContent({ model, contents: [{ inlineData: { mimeType: 'image/jpeg', data: photo } }] });\n",
    finds: [],
  },
  {
    what: 'a picture that is uploaded to a page of that name',
    path: 'a.ts',
    text: "await fetch('/api/gemini', { method: 'POST', body: JSON.stringify({ mimeType: 'image/png', data: photo }) });\n",
    finds: [],
  },
  {
    what: 'a protocol whose address is set elsewhere',
    path: 'a.go',
    text: 'package ai\ntype OpenAIVisionClient struct{ baseURL string }\nfunc (c *OpenAIVisionClient) body(u string) any { return map[string]any{"type": "image_url", "image_url": map[string]string{"url": u}} }\n',
    finds: ['openai image_understanding'],
  },
  {
    what: 'a model that is named beside the one that is called',
    path: 'a.py',
    text: 'import anthropic\nc = anthropic.Anthropic()\ndef from_openai_image(u):\n    return {"type": "image_url", "image_url": {"url": u}}\n',
    finds: ['anthropic image_understanding'],
  },
  {
    what: 'a service whose address is in the settings',
    path: 'a.cs',
    text: 'class A { string url = config["VideoIndexer:ApiUrl"]; async Task M() { await client.PostAsync($"{url}/{location}/Accounts/{account}/Videos?name=x", content); } }\n',
    finds: ['azure_video_indexer video_indexing'],
  },
  {
    what: 'a request to an address that is in the settings',
    path: 'a.php',
    text: "<?php\nclass GoogleVisionService { function go($i) { return Http::post($this->apiUrl, ['requests' => [['image' => ['content' => $i], 'features' => [['type' => 'SAFE_SEARCH_DETECTION']]]]]); } }\n",
    finds: ['google_vision content_moderation'],
  },
  {
    what: 'a protocol on a host that nobody else has',
    path: 'a.py',
    text: 'requests.post(base + "/chat/completions", json={"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": u}}]}]})\n',
    finds: ['openai_compatible image_understanding'],
  },
  {
    what: 'a package for a service (Video Indexer)',
    path: 'a.py',
    text: 'from video_indexer import VideoIndexer\nvi = VideoIndexer(vi_subscription_key=k)\nvi.upload_to_video_indexer(input_filename=f)\n',
    finds: ['azure_video_indexer video_indexing'],
  },
  {
    what: 'what comes back from a service',
    path: 'a.ts',
    text: 'export interface VideoIndexerResult { observedPeople: Person[]; faces: Face[] }\n',
    finds: [],
  },
  {
    what: 'an address of one word beside a name',
    path: 'a.ts',
    text: "import { luxandClient } from './luxand';\nrouter.post('/detect', handler);\n",
    finds: [],
  },
  {
    what: 'a part of an address that is kept under a name',
    path: 'a.cs',
    text: 'class C { const string VerifyQuery = "verify"; const string Root = "https://westus.api.cognitive.microsoft.com/face/v1.0"; string host = Root;\n  Task V(object b) => Send($"{this.host}/{VerifyQuery}", b); }\n',
    finds: ['azure_face face_verification'],
  },
  {
    what: 'parts of addresses that another file keeps',
    path: 'a.js',
    text: "import * as constants from '../shared/constants';\nfetch(constants.FACEAPI_ENDPOINT + constants.VERIFY_ENDPOINT, { headers: { 'Ocp-Apim-Subscription-Key': constants.FACEAPI_KEY } });\n",
    finds: ['azure_face face_verification'],
  },
  {
    what: 'parts of addresses of some other service',
    path: 'a.js',
    text: "import * as constants from '../shared/constants';\nfetch(constants.API_ENDPOINT + constants.VERIFY_ENDPOINT);\n",
    finds: [],
  },
];

/** Forms of names that a catalog entry is written in by few, and that must not be missed for it. */
import type { Case } from './real-code-case.ts';

export const INFRASTRUCTURE: readonly Case[] = [
  {
    what: 'an endpoint within a network',
    path: 'a.tf',
    text: 'resource "aws_vpc_endpoint" "r" {\n  service_name = "com.amazonaws.us-east-1.rekognition"\n}\n',
    finds: ['aws_rekognition unspecified'],
  },
  {
    what: 'a service that may act for an account',
    path: 'trust.json',
    text: '{"Statement":[{"Effect":"Allow","Principal":{"Service":"rekognition.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
    finds: ['aws_rekognition unspecified'],
  },
  {
    what: 'an account of all services',
    path: 'a.tf',
    text: 'resource "azurerm_ai_services" "a" {\n  name     = "x"\n  sku_name = "S0"\n}\n',
    finds: ['azure_ai_services unspecified'],
  },
  {
    what: 'a role on the face service',
    path: 'a.tf',
    text: 'resource "azurerm_role_assignment" "a" {\n  role_definition_name = "Cognitive Services Face Recognizer"\n}\n',
    finds: ['azure_face unspecified'],
  },
  {
    what: 'an account made by a program',
    path: 'a.ts',
    text: 'import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";\nnew cognitiveservices.Account("x", { kind: "Face" });\n',
    finds: ['azure_face unspecified'],
  },
  {
    what: 'an account for speech made by a program',
    path: 'a.ts',
    text: 'import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";\nnew cognitiveservices.Account("x", { kind: "SpeechServices" });\n',
    finds: [],
  },
  {
    what: "a module of the repository's own, by what it is given",
    path: 'a.tf',
    text: 'module "faces" {\n  source = "./modules/cognitive"\n  kind   = "Face"\n}\n',
    finds: ['azure_face unspecified'],
  },
  {
    what: "a module of the repository's own in Bicep",
    path: 'a.bicep',
    text: "module vision './modules/account.bicep' = {\n  name: 'v'\n  params: { kind: 'ComputerVision' }\n}\n",
    finds: ['azure_computer_vision unspecified'],
  },
  {
    what: 'a module of another kind',
    path: 'a.tf',
    text: 'module "speech" {\n  source = "./modules/cognitive"\n  kind   = "SpeechServices"\n}\n',
    finds: [],
  },
  {
    what: 'a collection made by a program',
    path: 'a.ts',
    text: "import * as rekognition from 'aws-cdk-lib/aws-rekognition';\nnew rekognition.CfnCollection(this, 'C', { collectionId: 'x' });\n",
    finds: ['aws_rekognition face_identification'],
  },
];

export const FORMS: readonly Case[] = [
  {
    what: 'a paginator, which is a function',
    path: 'a.ts',
    text: "import { paginateListFaces } from '@aws-sdk/client-rekognition';\nfor await (const page of paginateListFaces({ client }, { CollectionId })) {}\n",
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'predictions of Amplify',
    path: 'a.ts',
    text: "import { Predictions } from '@aws-amplify/predictions';\nPredictions.identify({ entities: { source: { file }, celebrityDetection: true } });\n",
    finds: ['aws_rekognition celebrity_recognition'],
  },
  {
    what: 'properties whose values have their names',
    path: 'a.ts',
    text: "import { GoogleGenerativeAI } from '@google/generative-ai';\nconst part = { inlineData: { data, mimeType: 'image/png' } };\n",
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'content that a block builds',
    path: 'a.kt',
    text: 'import com.google.ai.client.generativeai.GenerativeModel\nsuspend fun f(b: Bitmap) { model.generateContent(content { image(b); text("what") }) }\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'an image among the arguments',
    path: 'a.swift',
    text: 'import GoogleGenerativeAI\nlet r = try await model.generateContent(prompt, uiImage)\nlet s = try await model.generateContent("hello")\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'words alone among the arguments',
    path: 'a.swift',
    text: 'import GoogleGenerativeAI\nlet s = try await model.generateContent("hello")\n',
    finds: [],
  },
  {
    what: 'a model of one domain in a path',
    path: 'a.js',
    text: "const url = endpoint + 'vision/v2.0/models/celebrities/analyze';\n",
    finds: ['azure_computer_vision celebrity_recognition'],
  },
  {
    what: 'templates of faces, kept',
    path: 'a.ts',
    text: "import Human from '@vladmandic/human';\nconst human = new Human({ face: { emotion: { enabled: false } } });\nconst r = await human.detect(v);\nsave(r.face[0].embedding);\n",
    finds: ['human_js face_detection', 'human_js face_embedding'],
  },
  {
    what: 'liveness and emotion, switched on',
    path: 'a.ts',
    text: "import Human from '@vladmandic/human';\nconst human = new Human({ face: { emotion: { enabled: true }, liveness: { enabled: true } } });\nawait human.detect(v);\n",
    finds: ['human_js face_attributes', 'human_js face_detection', 'human_js liveness'],
  },
  {
    what: 'a camera that looks for faces',
    path: 'a.swift',
    text: 'import AVFoundation\nlet m = AVCaptureMetadataOutput()\nm.metadataObjectTypes = [.face]\n',
    finds: ['apple_vision face_detection'],
  },
];

export const READERS: readonly Case[] = [
  {
    what: 'an answer that is read where nothing is asked',
    path: 'A.java',
    text: 'import com.google.cloud.vision.v1.FaceAnnotation;\nclass A { Object m(FaceAnnotation annotation) { return annotation.getAngerLikelihood(); } }',
    finds: [],
  },
  {
    what: 'an answer that is read where it was asked for',
    path: 'a.py',
    text: 'from google.cloud import vision\nclient = vision.ImageAnnotatorClient()\nfor face in client.face_detection(image=i).face_annotations: print(face.anger_likelihood)\n',
    finds: ['google_vision face_attributes', 'google_vision face_detection'],
  },
  {
    what: 'a request whose features come from elsewhere',
    path: 'A.java',
    text: 'import com.google.cloud.vision.v1.ImageAnnotatorClient;\nclass A { Object m(ImageAnnotatorClient client) { return client.batchAnnotateFiles(requests); } }',
    finds: ['google_vision unspecified'],
  },
  {
    what: 'parts of images from elsewhere',
    path: 'a.js',
    text: 'const { GoogleGenerativeAI } = require("@google/generative-ai");\nconst result = await model.generateContent([prompt, ...imageParts]);\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'a path without its slash, given to a base class',
    path: 'a.ts',
    text: 'class FaceApi extends BaseApi { constructor() { super("face/v1.0", "westus.api.cognitive.microsoft.com"); } }',
    finds: ['azure_face unspecified'],
  },
  {
    what: 'a task of MediaPipe in C++',
    path: 'a.cc',
    text: '#include "processor.h"\nvoid f() { auto l = mediapipe::tasks::vision::face_landmarker::FaceLandmarker::Create(std::move(options)); }',
    finds: ['mediapipe face_detection'],
  },
];

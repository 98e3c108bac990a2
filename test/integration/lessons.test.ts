import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/integration/catalog.ts';
import { compileCatalog } from '../../src/integration/compiled-catalog.ts';
import { fileKind } from '../../src/integration/file-kinds.ts';
import { scanFile } from '../../src/integration/scan-file.ts';

const catalog = compileCatalog(loadCatalog());

/** `provider capability` of everything found, without doubles. */
async function found(path: string, text: string): Promise<string[]> {
  const kind = fileKind(path);
  if (kind === undefined) throw new Error(`no kind for ${path}`);
  const { integrations } = await scanFile(path, kind, new TextEncoder().encode(text), catalog);
  return [...new Set(integrations.map((one) => `${one.provider} ${one.capability}`))].sort();
}

/** Each a lesson from real code, as pairs: what is no integration, and what is one and looks alike. */
const LESSONS: readonly {
  readonly lesson: string;
  readonly path: string;
  readonly text: string;
  readonly finds: readonly string[];
}[] = [
  {
    lesson: "a method's name alone is no evidence: an own service",
    path: 'faces.service.ts',
    text: "import { FaceStore } from './store';\nexport class Faces { run(a, b) { return this.store.compareFaces(a, b).detectFaces(); } }",
    finds: [],
  },
  {
    lesson: "a method's name alone is no evidence: with the client it is",
    path: 'faces.service.ts',
    text: "import { Rekognition } from '@aws-sdk/client-rekognition';\nconst rek = new Rekognition({});\nrek.compareFaces({});",
    finds: ['aws_rekognition face_verification'],
  },
  {
    lesson: 'classes for data that are named like those of an SDK',
    path: 'DetectFacesRequest.java',
    text: 'package org.acme;\npublic class DetectFacesRequest { public String image; }\nclass A { Object m() { return new DetectFacesRequest(); } }',
    finds: [],
  },
  {
    lesson: "a wrapper's own method of the same name, called on itself",
    path: 'a.py',
    text: 'import boto3\nclass A:\n    def __init__(self):\n        self.c = boto3.client("rekognition")\n    def detect_labels(self): pass\n    def go(self): return self.detect_labels()\n',
    finds: ['aws_rekognition unspecified'],
  },
  {
    lesson: 'a method of the same name on the client of another service',
    path: 'a.py',
    text: 'import boto3\nrek = boto3.client("rekognition")\ntex = boto3.client("textract")\ntex.analyze_document(Document=d)\nrek.detect_text(Image=i)\n',
    finds: ['aws_rekognition ocr', 'aws_textract ocr'],
  },
  {
    lesson: 'umbrella SDKs are nothing by themselves',
    path: 'a.js',
    text: "const AWS = require('aws-sdk');\nconst s3 = new AWS.S3();\ns3.getObject({ Key: 'faces.jpg' });",
    finds: [],
  },
  {
    lesson: 'umbrella SDKs in a manifest',
    path: 'package.json',
    text: '{"dependencies": {"aws-sdk": "2.1.0"}}',
    finds: [],
  },
  {
    lesson: 'a model that can see is not shown an image',
    path: 'chat.py',
    text: 'from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint=e)\nc.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hello"}])\n',
    finds: [],
  },
  {
    lesson: 'a model that can see is shown an image',
    path: 'chat.py',
    text: 'from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint=e)\nc.chat.completions.create(model="my-deployment", messages=[{"role": "user", "content": [{"type": "text", "text": "Describe the damage on this car"}, {"type": "image_url", "image_url": {"url": u}}]}])\n',
    finds: ['azure_openai image_understanding'],
  },
  {
    lesson: 'and asked who is in it',
    path: 'chat.py',
    text: 'from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint=e)\nq = "Who is the person in this picture, and how old are they?"\nc.chat.completions.create(model="m", messages=[{"role": "user", "content": [{"type": "text", "text": q}, {"type": "image_url", "image_url": {"url": u}}]}])\n',
    finds: ['azure_openai face_attributes', 'azure_openai face_identification', 'azure_openai image_understanding'],
  },
  {
    lesson: 'the public service is told from the one on Azure by the client',
    path: 'chat.ts',
    text: "import OpenAI from 'openai';\nconst c = new OpenAI();\nawait c.responses.create({ model: 'gpt-4o', input: [{ role: 'user', content: [{ type: 'input_image', image_url: u }] }] });",
    finds: ['openai image_understanding'],
  },
  {
    lesson: 'and by the address, whatever the client',
    path: 'chat.ts',
    text: "import OpenAI from 'openai';\nconst c = new OpenAI({ baseURL: 'https://acme.openai.azure.com/openai/v1/' });\nawait c.responses.create({ model: 'gpt-4o', input: [{ role: 'user', content: [{ type: 'input_image', image_url: u }] }] });",
    finds: ['azure_openai image_understanding'],
  },
  ...(
    [
      ['audio/wav', []],
      ['application/pdf', ['google_gemini document_understanding']],
      ['image/png', ['google_gemini image_understanding']],
    ] as const
  ).map(([mime, finds]) => ({
    lesson: `the same call carries ${mime}`,
    path: 'gemini.py',
    text: `from google import genai\nfrom google.genai import types\nc = genai.Client()\nc.models.generate_content(model=m, contents=[types.Part.from_uri(file_uri=u, mime_type="${mime}")])\n`,
    finds,
  })),
  {
    lesson: 'an image in a response was made, not read',
    path: 'a.ts',
    text: "import { GoogleGenAI } from '@google/genai';\nconst r = await ai.models.generateContent({ contents: p });\nfor (const part of r.parts) if (part.inlineData) save(part.inlineData.data);",
    finds: [],
  },
  {
    lesson: "xUnit's InlineData is neither",
    path: 'Tests.cs',
    text: 'using Xunit;\nusing Google.Cloud.AIPlatform.V1;\nclass T { [Theory] [InlineData("image/png")] public void A(string s) {} }',
    finds: [],
  },
  {
    lesson: 'images that are made',
    path: 'a.py',
    text: 'from openai import OpenAI\nc = OpenAI()\nr = c.images.generate(model="gpt-image-1", prompt=p)\nimage_url = r.data[0].url\n',
    finds: ['openai image_generation'],
  },
  {
    lesson: 'attributes come through a variable',
    path: 'a.rb',
    text: "require 'aws-sdk-rekognition'\nc = Aws::Rekognition::Client.new\nattrs = { image: i, attributes: ['ALL'] }\nc.detect_faces(attrs)\n",
    finds: ['aws_rekognition face_attributes', 'aws_rekognition face_detection'],
  },
  {
    lesson: 'no attributes are asked for',
    path: 'a.rb',
    text: "require 'aws-sdk-rekognition'\nc = Aws::Rekognition::Client.new\nattrs = { image: i, attributes: ['DEFAULT'] }\nc.detect_faces(attrs)\n",
    finds: ['aws_rekognition face_detection'],
  },
  {
    lesson: 'an address is put together from pieces',
    path: 'a.php',
    text: "<?php\n$uriBase = 'https://westus.api.cognitive.microsoft.com/face/v1.0/';\n$r = new Http_Request2($uriBase . '/identify');\n",
    finds: ['azure_face face_identification'],
  },
  {
    lesson: 'a path without its host is anybody’s',
    path: 'a.php',
    text: "<?php\n$uriBase = 'https://api.acme.test/v1/';\n$r = new Http_Request2($uriBase . '/identify');\n",
    finds: [],
  },
  {
    lesson: 'comments',
    path: 'A.java',
    text: '/* AmazonRekognition client: client.detectFaces(request) */\nclass A { // software.amazon.awssdk.services.rekognition\n int x; }',
    finds: [],
  },
  {
    lesson: 'documentation strings',
    path: 'a.py',
    text: '"""Uses boto3.client("rekognition").detect_faces()."""\nx = 1\n',
    finds: [],
  },
  {
    lesson: 'lists of words',
    path: 'words.ts',
    text: "export const WORDS = ['rekognition', 'deepface', 'compareFaces', 'detect_faces', 'AmazonRekognition', 'luxand', 'kairos'];",
    finds: [],
  },
  {
    lesson: 'tables of all permissions there are',
    path: 'actions.py',
    text: `ACTIONS = [${Array.from({ length: 30 }, (_, at) => `"service${at}:GetThing"`).join(', ')}, "rekognition:SearchFaces"]`,
    finds: [],
  },
  {
    lesson: 'a permission that is granted',
    path: 'stack.ts',
    text: "role.addToPolicy(new iam.PolicyStatement({ actions: ['rekognition:SearchFacesByImage'], resources: ['*'] }));",
    finds: ['aws_rekognition face_identification'],
  },
  {
    lesson: 'recognition of text',
    path: 'ocr.py',
    text: 'from doctr.models import recognition_predictor, ocr_predictor\np = ocr_predictor(pretrained=True)\nr = recognition_predictor("crnn")\n',
    finds: ['doctr ocr'],
  },
  {
    lesson: 'vision that draws templates',
    path: 'server.js',
    text: "const Vision = require('vision');\nawait server.register(Vision);",
    finds: [],
  },
  {
    lesson: 'faces of a mesh, type and interface',
    path: 'mesh.ts',
    text: "import * as THREE from 'three';\nfor (const face of geometry.faces) detect(face);\nconst typeface = identify(surface.interface);",
    finds: [],
  },
];

describe('lessons from real code', () => {
  it.each(LESSONS)('$lesson ($path)', async ({ path, text, finds }) => {
    expect(await found(path, text)).toEqual(finds);
  });
});

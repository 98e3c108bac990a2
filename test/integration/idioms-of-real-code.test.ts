import { describe, expect, it } from 'vitest';
import { FORMS, INFRASTRUCTURE, READERS } from './catalogued-forms.ts';
import { CLOUD_FORMS } from './cloud-forms.ts';
import { NAMED_WRAPPERS, NAMES_IN_FULL, SHORTHAND } from './names-in-full.ts';
import type { Case } from './real-code-case.ts';
import { ATTRIBUTES, CONSTANTS, CONTAINERS, DART, EMBEDDED } from './real-code-cases.ts';
import { scanText } from './scan-text.ts';
import { ADDRESSES, ARGUMENTS, TASKS, WRAPPERS } from './wrappers-and-addresses.ts';

/** `provider capability` of everything found, without doubles. */
async function found(path: string, text: string): Promise<string[]> {
  return [...new Set((await scanText(path, text)).map((one) => `${one.provider} ${one.capability}`))].sort();
}

const HANDED_ON: readonly Case[] = [
  {
    what: 'a method handed on as a keyword argument',
    path: 'a.py',
    text: 'import boto3\nclass V:\n    def run(self):\n        return self.job("persons", start_func=self.rekognition_client.start_person_tracking,\n            get_func=self.rekognition_client.get_person_tracking)\n',
    finds: ['aws_rekognition person_tracking'],
  },
  {
    what: 'a method of a client that was made here',
    path: 'a.py',
    text: "import boto3\nc = boto3.client('rekognition')\nasyncio.to_thread(c.search_faces_by_image, CollectionId='x')\n",
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'a function of a library, run elsewhere',
    path: 'a.py',
    text: 'from deepface import DeepFace\nasync def go(img):\n    return await run_in_threadpool(DeepFace.verify, img, other)\n',
    finds: ['deepface face_verification'],
  },
  {
    what: 'a paginator',
    path: 'a.py',
    text: "import boto3\nc = boto3.client('rekognition')\nfor page in c.get_paginator('list_faces').paginate(CollectionId='x'): pass\n",
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'getattr',
    path: 'a.py',
    text: "import boto3\nc = boto3.client('rekognition')\ngetattr(c, 'detect_labels')(Image=i)\n",
    finds: ['aws_rekognition object_detection'],
  },
  {
    what: "PHP's paginator",
    path: 'a.php',
    text: "<?php\nuse Aws\\Rekognition\\RekognitionClient;\n$client = new RekognitionClient([]);\nforeach ($client->getPaginator('ListFaces', ['CollectionId' => 'x']) as $p) {}\n",
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'a field that is named like a method, of something else',
    path: 'a.py',
    text: "import boto3\nc = boto3.client('rekognition')\nprint(settings.detect_faces, result.list_faces)\n",
    finds: ['aws_rekognition unspecified'],
  },
  {
    what: 'a handler of that name',
    path: 'a.py',
    text: "import boto3\nc = boto3.client('rekognition')\nrouter.add('/x', handlers.compare_faces)\n",
    finds: ['aws_rekognition unspecified'],
  },
];

const CLIENTS: readonly Case[] = [
  {
    what: 'a service taken out of an umbrella SDK',
    path: 'a.js',
    text: "const { Rekognition, S3 } = require('aws-sdk');\nconst rek = new Rekognition();\nrek.compareFaces(params).promise();\n",
    finds: ['aws_rekognition face_verification'],
  },
  {
    what: 'a class of the same name from elsewhere',
    path: 'a.js',
    text: "const { Rekognition } = require('./widgets');\nconst rek = new Rekognition();\nrek.compareFaces(params).promise();\n",
    finds: [],
  },
  {
    what: 'a discovery client',
    path: 'a.py',
    text: "from googleapiclient import discovery\ns = discovery.build('vision', 'v1')\ns.images().annotate(body={'requests': [{'features': [{'type': 'TEXT_DETECTION'}]}]})\n",
    finds: ['google_vision ocr'],
  },
  {
    what: 'a client that is handed in',
    path: 'a.py',
    text: 'def ask(client, u):\n    return client.chat.completions.create(model=m, messages=[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": u}}]}])\n',
    finds: ['openai image_understanding'],
  },
  {
    what: 'frames of a video',
    path: 'a.py',
    text: 'from openai import OpenAI\nc = OpenAI()\nc.chat.completions.create(model=m, messages=[{"role": "user", "content": [*map(lambda x: {"image": x, "resize": 768}, frames)]}])\n',
    finds: ['openai image_understanding'],
  },
];

const KEYS: readonly Case[] = [
  ...[
    ['a.java', 'builder.setParameter("returnFaceAttributes", "age,gender");'],
    ['a.kt', 'val p = mapOf("returnFaceAttributes" to "age")'],
    ['a.kt', 'body.addFormDataPart("returnFaceAttributes", "age")'],
    ['a.go', 'q := req.URL.Query()\nq.Set("returnFaceAttributes", "age")'],
    ['a.js', "url.searchParams.append('returnFaceAttributes', attributes);\nconst attributes = 'age';"],
    ['a.swift', 'let q = URLQueryItem(name: "returnFaceAttributes", value: "age")'],
    ['a.cs', 'request.AddQueryParameter("returnFaceAttributes", "age");'],
    ['a.cs', 'var p = new KeyValuePair<string, string>("returnFaceAttributes", "age");'],
  ].map(([path, text]) => ({
    what: `${text}`,
    path: String(path),
    text: String(text),
    finds: ['azure_face face_attributes'],
  })),
  {
    what: 'a field of a form in a script, set above',
    path: 'a.sh',
    text: 'attributes=\'gender,age\'\ncurl -X POST "https://api-us.faceplusplus.com/facepp/v3/detect" -F "return_attributes=$attributes"\n',
    finds: ['facepp face_attributes', 'facepp face_detection'],
  },
];

describe('idioms of real code', () => {
  it.each([
    ...[...HANDED_ON, ...CLIENTS, ...KEYS, ...CONTAINERS, ...EMBEDDED, ...ATTRIBUTES, ...DART, ...CONSTANTS],
    ...[...NAMES_IN_FULL, ...SHORTHAND, ...NAMED_WRAPPERS],
    ...[...WRAPPERS, ...ADDRESSES, ...TASKS, ...ARGUMENTS, ...INFRASTRUCTURE, ...FORMS, ...READERS, ...CLOUD_FORMS],
  ])('$what ($path)', async (one) => {
    expect(await found(one.path, one.text)).toEqual(one.finds);
  });

  it('shows a call from its receiver on', async () => {
    const [one] = await scanText('a.py', "import boto3\nc = boto3.client('rekognition')\nx = c.compare_faces(A=1)\n");
    expect(one?.evidence).toBe('c.compare_faces(A=1)');
    expect(one?.range.startColumn).toBe(5);
  });
});

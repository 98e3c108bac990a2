/** Code as real repositories write it, in other containers and languages, and what must be found in it. */
import type { Case } from './real-code-case.ts';
export const CONTAINERS: readonly Case[] = [
  {
    what: 'a container that a script starts',
    path: 'a.sh',
    text: 'docker run -d --restart=always -v /data:/data platerecognizer/alpr-stream:latest\n',
    finds: ['platerecognizer license_plate_recognition'],
  },
  {
    what: 'user data of a machine',
    path: 'stack.yaml',
    text: 'Resources:\n  M:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: |\n          #!/bin/bash\n          yum install -y openalpr\n',
    finds: ['openalpr license_plate_recognition'],
  },
];

export const EMBEDDED: readonly Case[] = [
  {
    what: 'a Vue component',
    path: 'a.vue',
    text: '<template><p>compareFaces</p></template>\n<script setup lang="ts">\nimport * as faceapi from \'face-api.js\';\nconst d = await faceapi.detectAllFaces(el).withFaceDescriptors();\n</script>\n',
    finds: ['face_api_js face_detection', 'face_api_js face_embedding'],
  },
  {
    what: 'a page',
    path: 'a.html',
    text: '<p>faceapi.detectAllFaces(x)</p>\n<script src="face-api.js"></script>\n<script>\nfaceapi.nets.ssdMobilenetv1.loadFromUri("/m");\nfaceapi.detectSingleFace(v).withAgeAndGender();\n</script>\n',
    finds: ['face_api_js face_attributes', 'face_api_js face_detection'],
  },
  {
    what: 'a Razor component',
    path: 'a.razor',
    text: '@page "/"\n@using Azure.AI.Vision.Face\n<p>IdentifyAsync</p>\n@code {\n    async Task Go(FaceClient client) { await client.DetectAsync(image); }\n}\n',
    finds: ['azure_face face_detection'],
  },
  {
    what: 'words of a page that are no code',
    path: 'a.html',
    text: '<p>import { RekognitionClient } from "@aws-sdk/client-rekognition"; new CompareFacesCommand()</p>',
    finds: [],
  },
];

export const ATTRIBUTES: readonly Case[] = [
  [
    'a.java',
    'import software.amazon.awssdk.services.rekognition.RekognitionClient;\nclass A { void m(RekognitionClient c) {\n DetectFacesRequest r = DetectFacesRequest.builder()\n  .attributes(Attribute.ALL)\n  .build();\n c.detectFaces(r);\n}}',
  ],
  [
    'a.java',
    'import com.amazonaws.services.rekognition.*;\nclass A { void m(AmazonRekognition c) { DetectFacesRequest r = new DetectFacesRequest();\n r.setAttributes(Arrays.asList("ALL"));\n c.detectFaces(r); } }',
  ],
  [
    'a.java',
    'import com.amazonaws.services.rekognition.*;\nclass A { void m(AmazonRekognition c) { DetectFacesRequest r = new DetectFacesRequest().withImage(i).withAttributes(Attribute.ALL);\n c.detectFaces(r); } }',
  ],
  [
    'a.kt',
    'import aws.sdk.kotlin.services.rekognition.RekognitionClient\nsuspend fun m(c: RekognitionClient) { val r = DetectFacesRequest { attributes = listOf(Attribute.All)\n image = i }\n c.detectFaces(r) }',
  ],
  [
    'a.cs',
    'using Amazon.Rekognition;\nclass A { void M(AmazonRekognitionClient c) { DetectFacesRequest r = new DetectFacesRequest() { Attributes = new List<String>() { "ALL" } }; c.DetectFacesAsync(r); } }',
  ],
  [
    'a.cs',
    'using Amazon.Rekognition;\nclass A { void M(AmazonRekognitionClient c) { var r = new DetectFacesRequest();\n r.Attributes.Add("ALL");\n c.DetectFacesAsync(r); } }',
  ],
  [
    'a.swift',
    'import AWSRekognition\nfunc m(c: AWSRekognition) {\n let request = AWSRekognitionDetectFacesRequest()\n request!.attributes = ["ALL"]\n c.detectFaces(request!) { r, e in }\n}',
  ],
  [
    'a.swift',
    'import AWSRekognition\nfunc m(c: AWSRekognition) {\n let request = AWSRekognitionDetectFacesRequest()\n request?.attributes = ["ALL"]\n c.detectFaces(request!, completionHandler: { r, e in })\n}',
  ],
  [
    'a.cs',
    'using Amazon.Rekognition;\nclass A { void M(AmazonRekognitionClient c, DetectFacesRequest? r) { r!.Attributes = new List<string> { "ALL" };\n c.DetectFacesAsync(r!); } }',
  ],
  [
    'a.ts',
    "import { DetectFacesCommand, type DetectFacesCommandInput } from '@aws-sdk/client-rekognition';\nconst input = { Image: image, Attributes: ['ALL'] };\nclient.send(new DetectFacesCommand(input as DetectFacesCommandInput));",
  ],
  [
    'a.ts',
    "import { DetectFacesCommand, type DetectFacesCommandInput } from '@aws-sdk/client-rekognition';\nfunction m(wanted?: DetectFacesCommandInput) {\n wanted!.Attributes = ['ALL'];\n return client.send(new DetectFacesCommand(wanted!));\n}",
  ],
  [
    'a.cpp',
    '#include <aws/rekognition/RekognitionClient.h>\nvoid f() { Aws::Rekognition::RekognitionClient c; Aws::Rekognition::Model::DetectFacesRequest r; r.AddAttributes(Aws::Rekognition::Model::Attribute::ALL); auto o = c.DetectFaces(r); }',
  ],
  [
    'a.go',
    'package a\nimport "github.com/aws/aws-sdk-go-v2/service/rekognition"\nfunc f(c *rekognition.Client) { in := &rekognition.DetectFacesInput{Attributes: []types.Attribute{types.AttributeAll}}\n c.DetectFaces(ctx, in) }',
  ],
  [
    'a.go',
    'package a\nimport "github.com/aws/aws-sdk-go/service/rekognition"\nfunc f(c *rekognition.Rekognition) { in := &rekognition.DetectFacesInput{Attributes: []*string{aws.String("ALL")}}\n c.DetectFaces(in) }',
  ],
  [
    'a.rs',
    'use aws_sdk_rekognition::Client;\nasync fn f(c: &Client) { c.detect_faces().image(i).attributes(Attribute::All).send().await?; }',
  ],
  [
    'a.swift',
    'import AWSRekognition\nfunc f(c: RekognitionClient) async throws { let r = DetectFacesInput(attributes: [.all], image: i)\n _ = try await c.detectFaces(input: r) }',
  ],
  [
    'a.php',
    "<?php\nuse Aws\\Rekognition\\RekognitionClient;\n$c = new RekognitionClient([]);\n$args = ['Attributes' => ['ALL'], 'Image' => $i];\n$c->detectFaces($args);",
  ],
  [
    'a.rb',
    "require 'aws-sdk-rekognition'\nc = Aws::Rekognition::Client.new\nattrs = { image: i, attributes: ['ALL'] }\nc.detect_faces(attrs)",
  ],
  [
    'a.py',
    "import boto3\nc = boto3.client('rekognition')\nWANTED = ['ALL']\ndef f(i):\n    return c.detect_faces(Image=i, Attributes=WANTED)\n",
  ],
  [
    'a.py',
    "import boto3\nc = boto3.client('rekognition')\nkwargs = {'Image': i, 'Attributes': ['ALL']}\nc.detect_faces(**kwargs)\n",
  ],
  [
    'a.ts',
    "import { DetectFacesCommand, DetectFacesCommandInput, RekognitionClient } from '@aws-sdk/client-rekognition';\nconst c = new RekognitionClient({});\nconst input: DetectFacesCommandInput = { Image: i, Attributes: ['ALL'] };\nconst command = new DetectFacesCommand(input);\nawait c.send(command);",
  ],
  [
    'a.js',
    "const AWS = require('aws-sdk');\nconst c = new AWS.Rekognition();\nvar params = { Image: i };\nparams.Attributes = ['ALL'];\nc.detectFaces(params, (e, d) => {});",
  ],
].map(([path, text]) => ({
  what: `attributes of a face: ${String(text).split('\n').slice(1).join(' ').slice(0, 80)}`,
  path: String(path),
  text: String(text),
  finds: ['aws_rekognition face_attributes', 'aws_rekognition face_detection'],
}));

export const DART: readonly Case[] = [
  {
    what: 'a detector in a field',
    path: 'a.dart',
    text: "import 'package:google_mlkit_face_detection/google_mlkit_face_detection.dart';\nclass A {\n  final FaceDetector _d = FaceDetector(options: FaceDetectorOptions(enableTracking: true));\n  go(InputImage i) async => await _d.processImage(i);\n}\n",
    finds: ['mlkit face_detection'],
  },
  {
    what: 'a constant object',
    path: 'a.dart',
    text: "import 'package:google_mlkit_text_recognition/google_mlkit_text_recognition.dart';\nfinal r = TextRecognizer(script: TextRecognitionScript.latin);\n",
    finds: ['mlkit ocr'],
  },
  {
    what: 'an image to a model, and what is asked of it',
    path: 'a.dart',
    text: "import 'package:google_generative_ai/google_generative_ai.dart';\nask(bytes) => model.generateContent([Content.multi([TextPart('Who is this person?'), DataPart('image/jpeg', bytes)])]);\n",
    finds: ['google_gemini face_identification', 'google_gemini image_understanding'],
  },
  {
    what: 'sound to a model',
    path: 'a.dart',
    text: "import 'package:google_generative_ai/google_generative_ai.dart';\nask(bytes) => model.generateContent([Content.multi([DataPart('audio/wav', bytes)])]);\n",
    finds: [],
  },
  {
    what: 'a widget of the same name',
    path: 'a.dart',
    text: "import 'widgets.dart';\nfinal d = FaceDetector(child: Text('x'));\n",
    finds: [],
  },
];

export const CONSTANTS: readonly Case[] = [
  {
    what: 'a folder that is named like a feature',
    path: 'a.rb',
    text: "require 'google/cloud/vision'\nc = Google::Cloud::Vision.image_annotator\nc.label_detection image: 'face_detection/me.jpg'\n",
    finds: ['google_vision object_detection'],
  },
];

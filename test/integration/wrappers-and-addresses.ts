/** Code around a vision service: what stands between it and a program, and how its address is put together. */
import type { Case } from './real-code-case.ts';

const AWS = (text: string, path = 'a.js') => ({ path, text });

/** Own code that is named like the SDK is not the SDK. */
export const WRAPPERS: readonly Case[] = [
  {
    what: "a program's own client, whose name says more than the model's",
    path: 'a.kt',
    text: 'class V(private val geminiApiService: GeminiApiService) {\n suspend fun m(x: String) = geminiApiService.ask(GeminiRequest(listOf(Part(inlineData = InlineData(mimeType = "image/jpeg", data = x)))))\n}\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: "a service of one's own, by its name",
    ...AWS(
      "import { RekognitionService } from './rekognition.service';\nconst r = new RekognitionService();\nawait r.detectFaces(photo);\nawait this.rekognitionService.compareFaces(a, b);\n",
    ),
    finds: [],
  },
  {
    what: "a helper of one's own, by its name",
    ...AWS(
      "const helper = require('./util/helper');\nconst rekognitionHelper = new helper(config);\nawait rekognitionHelper.indexFaces(collection, image);\n",
    ),
    finds: [],
  },
  {
    what: 'a service that is injected',
    ...AWS(
      'class A { private AmazonRekognitionService amazonRekognitionService;\n Object m(String s) { return amazonRekognitionService.searchFacesByImage(s); } }',
      'A.java',
    ),
    finds: [],
  },
  {
    what: 'a service by the type of a parameter',
    ...AWS(
      '<?php\nuse App\\Services\\RekognitionService;\nfunction f(RekognitionService $rekognition) { return $rekognition->createFaceLivenessSession($id); }',
      'a.php',
    ),
    finds: [],
  },
  {
    what: 'a service that is made where it is used',
    ...AWS(
      'class A\n  def initialize\n    @rekognition = RekognitionService.new\n  end\n  def all = @rekognition.list_faces\nend\n',
      'a.rb',
    ),
    finds: [],
  },
  {
    what: 'a module next door',
    ...AWS("import rekognition from './rekognition';\nawait rekognition.compareFaces(source, target);\n"),
    finds: [],
  },
  {
    what: "more arguments than the SDK's methods take",
    ...AWS('await rekognition.compareFaces(source, bucket, target, 80);\n'),
    finds: [],
  },
  {
    what: 'a client out of a factory next door, with parameters as the service names them',
    ...AWS(
      "const { getRekognition } = require('../aws');\nconst rekognition = getRekognition();\nawait rekognition.detectText({ Image: { Bytes: bytes } }).promise();\n",
    ),
    finds: ['aws_rekognition ocr'],
  },
  {
    what: 'a client of another module',
    ...AWS(
      "const { rekognition } = require('./clients');\nawait rekognition.searchFacesByImage({ CollectionId: id, Image: image }).promise();\n",
    ),
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'a client that is handed in',
    ...AWS(
      'def f(settings, image):\n    return settings.aws_rekognition_client.index_faces(CollectionId="c", Image=image)\n',
      'a.py',
    ),
    finds: ['aws_rekognition face_identification'],
  },
];

export const ADDRESSES: readonly Case[] = [
  {
    what: 'an address in the settings',
    path: 'appsettings.json',
    text: '{"Face": {"Endpoint": "https://westus.api.cognitive.microsoft.com/face/v1.0"}}',
    finds: ['azure_face unspecified'],
  },
  {
    what: "a client's base address",
    path: 'a.php',
    text: "<?php\nclass Client { const BASE_URL = 'https://westus.api.cognitive.microsoft.com/face/v1.0/'; }",
    finds: ['azure_face unspecified'],
  },
  {
    what: 'an address within a word of another meaning',
    path: 'a.py',
    text: "URL = 'https://example.org/interface/v1.0/detect'\nOTHER = 'https://example.org/surface/v1.0'\n",
    finds: [],
  },
  {
    what: 'a query without its address',
    path: 'a.cs',
    text: 'class A { string Query => string.Format("?returnFaceId={0}&returnFaceLandmarks={1}", id, marks); }',
    finds: ['azure_face face_detection'],
  },
  {
    what: 'an address that is formatted',
    path: 'a.go',
    text: 'package a\nconst groups = "persongroups"\nfunc f() { u := fmt.Sprintf("%s/%s", api, "identify") }',
    finds: ['azure_face face_identification'],
  },
  {
    what: 'an address that is formatted, with its resource in it',
    path: 'a.ts',
    text: "const uri = util.format('%s/facelists/%s/persistedFaces', this.url, id);",
    finds: ['azure_face face_identification'],
  },
  {
    what: 'a method that is called after a group of persons, of something else',
    path: 'a.kt',
    text: 'fun f() { when (m) { "getPersonGroups" -> getPersonGroups(callback) }\n db.getPersonGroups() }',
    finds: [],
  },
];

export const TASKS: readonly Case[] = [
  {
    what: 'a task of a state machine',
    path: 'machine.json',
    text: '{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:rekognition:detectFaces"}}}',
    finds: ['aws_rekognition face_detection'],
  },
  {
    what: 'a task that waits',
    path: 'machine.asl.json',
    text: '{"States": {"A": {"Resource": "arn:aws:states:::aws-sdk:textract:analyzeDocument.sync"}}}',
    finds: ['aws_textract ocr'],
  },
  {
    what: 'a permission in other letters',
    path: 'a.py',
    text: 'role.add_to_policy(iam.PolicyStatement(actions=["textract:AnalyzeId"], resources=["*"]))',
    finds: ['aws_textract ocr'],
  },
];

export const ARGUMENTS: readonly Case[] = [
  {
    what: 'a request that another function is handed',
    path: 'a.php',
    text: "<?php\nuse Aws\\Rekognition\\RekognitionClient;\nfunction a() { $request = array('Attributes' => array('ALL'));\n return run($client, $request); }\nfunction run(RekognitionClient $client, $request) { return $client->DetectFaces($request); }",
    finds: ['aws_rekognition face_attributes', 'aws_rekognition face_detection'],
  },
  {
    what: "a parameter's default",
    path: 'a.cs',
    text: 'using Azure.AI.Vision.Face;\nclass A { Task F(FaceClient client, string attributes = "age,gender") => client.DetectAsync(image, returnFaceAttributes: attributes); }',
    finds: ['azure_face face_attributes', 'azure_face face_detection'],
  },
  {
    what: "a parameter's default",
    path: 'a.ts',
    text: "import { RekognitionClient, DetectFacesCommand } from '@aws-sdk/client-rekognition';\nfunction f(client: RekognitionClient, attributes = ['ALL']) { return client.send(new DetectFacesCommand({ Attributes: attributes })); }",
    finds: ['aws_rekognition face_attributes', 'aws_rekognition face_detection'],
  },
  {
    what: "a domain's model",
    path: 'a.cs',
    text: 'using Microsoft.ProjectOxford.Vision;\nclass A { Task F() => client.AnalyzeImageInDomainAsync(url, "celebrities"); }',
    finds: ['azure_computer_vision celebrity_recognition'],
  },
  {
    what: 'an image among the words of a message',
    path: 'a.py',
    text: 'from openai import OpenAI\nc = OpenAI()\nc.chat.completions.create(model=m, messages=[{"role": "user", "content": [prompt, {"image": b64}]}])\n',
    finds: ['openai image_understanding'],
  },
  {
    what: 'an image that is edited, beside a message',
    path: 'a.py',
    text: 'from openai import OpenAI\nc = OpenAI()\nc.images.edit(image=open("a.png", "rb"), prompt="x")\nc.chat.completions.create(model=m, messages=[{"role": "user", "content": "hi"}])\n',
    finds: ['openai image_generation'],
  },
  {
    what: 'loaders that are handed on',
    path: 'a.ts',
    text: "import { loadTinyFaceDetectorModel, loadFaceRecognitionModel } from 'face-api.js';\nfunction f(m) { switch (m) { case A: return loadTinyFaceDetectorModel; default: return loadFaceRecognitionModel; } }",
    finds: ['face_api_js face_detection', 'face_api_js face_embedding'],
  },
  {
    what: 'a script in a template of PHP',
    path: 'index.blade.php',
    text: '<h1>{{ $title }}</h1>\n<?php echo "x"; ?>\n<script>\nconst d = await faceapi.detectSingleFace(img).withFaceDescriptor();\n</script>\n',
    finds: ['face_api_js face_detection', 'face_api_js face_embedding'],
  },
  {
    what: 'a script in a template of Ruby',
    path: 'show.html.erb',
    text: '<%= title %>\n<script>\nfaceapi.nets.tinyFaceDetector.loadFromUri("/m"); faceapi.detectAllFaces(v);\n</script>\n',
    finds: ['face_api_js face_detection'],
  },
];

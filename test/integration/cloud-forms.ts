/** Forms in which the cloud services' interfaces are reached in code, requests and templates, each seen in public code. */
import type { Case } from './real-code-case.ts';

export const CLOUD_FORMS: readonly Case[] = [
  {
    what: 'a policy template of AWS SAM, which stands where a key does',
    path: 'template.yaml',
    text: 'AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - RekognitionFacesPolicy:\n            CollectionId: !Ref C\n        - TextractPolicy: {}\n',
    finds: ['aws_rekognition face_verification', 'aws_textract ocr'],
  },
  {
    what: "a gateway's template, which quotes the operation",
    path: 'api.yaml',
    text: 'Resources:\n  A:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n        requestParameters:\n          integration.request.header.X-Amz-Target: "\'RekognitionService.SearchFacesByImage\'"\n',
    finds: ['aws_rekognition face_identification'],
  },
  {
    what: 'a client that a helper makes',
    path: 'a.py',
    text: "from helper import AwsHelper\nclient = AwsHelper().getClient('textract')\nclient.start_document_text_detection(DocumentLocation=d)\n",
    finds: ['aws_textract ocr'],
  },
  {
    what: 'the SDK for Android',
    path: 'build.gradle',
    text: "dependencies {\n  implementation 'com.amazonaws:aws-android-sdk-rekognition:2.7.0'\n}\n",
    finds: ['aws_rekognition unspecified'],
  },
  {
    what: 'the administration of a gallery',
    path: 'a.py',
    text: 'from azure.ai.vision.face import FaceAdministrationClient\nwith FaceAdministrationClient(endpoint=e, credential=k) as c:\n    c.large_person_group.delete_person(large_person_group_id=g, person_id=p)\n',
    finds: ['azure_face face_identification'],
  },
  {
    what: 'a session whose path is put together',
    path: 'a.ts',
    text: 'const res = await fetch("https://" + host + ".cognitiveservices.azure.com/face/v1.2/" + action + "-sessions", { method: "POST", body: JSON.stringify({ livenessOperationMode: "Passive" }) });\n',
    finds: ['azure_face liveness'],
  },
  {
    what: 'a list of attributes that is filled step by step',
    path: 'a.py',
    text: 'from azure.ai.vision.face import FaceClient\nfrom azure.ai.vision.face.models import FaceAttributeType\nwanted = []\nwanted.append(FaceAttributeType.AGE)\nwith FaceClient(endpoint=e, credential=k) as c:\n    c.detect(image, return_face_attributes=wanted)\n',
    finds: ['azure_face face_attributes', 'azure_face face_detection'],
  },
  {
    what: 'the client library for Android',
    path: 'A.kt',
    text: 'import com.azure.android.ai.vision.faceanalyzer.FaceAnalyzerBuilder\nval analyzer = FaceAnalyzerBuilder().serviceOptions(o).source(s).build().get()\n',
    finds: ['azure_face liveness'],
  },
  {
    what: 'items of an initializer, which are keys and values',
    path: 'A.cs',
    text: 'var uri = $"{endpoint}openai/deployments/{m}/chat/completions";\nvar o = new JsonObject\n{\n    { "type", "image_url" },\n    { "image_url", new JsonObject { { "url", x } } }\n};\n',
    finds: ['azure_openai image_understanding'],
  },
  {
    what: 'parameters of a request in a dictionary',
    path: 'A.cs',
    text: 'var uri = "https://westus.api.cognitive.microsoft.com/face/v1.0/detect?" + await new FormUrlEncodedContent(new Dictionary<string, string> {\n  { "returnFaceId", "true" },\n  { "returnFaceAttributes", "age,gender" } }).ReadAsStringAsync();\n',
    finds: ['azure_face face_attributes', 'azure_face face_detection'],
  },
  {
    what: 'rows of a table, which are no pairs',
    path: 'A.cs',
    text: 'using OpenAI;\nvar rows = new[,] { { "type", "image_url", "x" }, { "a", "b", "c" } };\n',
    finds: [],
  },
  {
    what: 'features in the query of an address',
    path: 'a.js',
    text: 'const r = await fetch(ENDPOINT + "/computervision/imageanalysis:analyze?api-version=2023-10-01&features=caption,tags", { headers });\n',
    finds: ['azure_computer_vision image_captioning', 'azure_computer_vision object_detection'],
  },
  {
    what: 'features of a request that is made of parts',
    path: 'a.py',
    text: "import http.client\nparams = urllib.parse.urlencode({'features': 'read'})\nconn.request('POST', '/computervision/imageanalysis:analyze?api-version=2023-02-01-preview&%s' % params, data, headers)\n",
    finds: ['azure_computer_vision ocr'],
  },
  {
    what: "an image whose format comes from the file's name",
    path: 'a.py',
    text: 'import boto3\nc = boto3.client("bedrock-runtime")\nimages.append({"image": {"format": ext, "source": {"bytes": data}}})\nc.converse(modelId=m, messages=[{"role": "user", "content": images}])\n',
    finds: ['aws_bedrock image_understanding'],
  },
  {
    what: 'a model that answers to nothing without an image',
    path: 'a.py',
    text: 'import google.generativeai as genai\nmodel = genai.GenerativeModel(model_name="gemini-pro-vision")\nmodel.generate_content(contents=contents)\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'a model that takes words alone',
    path: 'a.py',
    text: 'import google.generativeai as genai\nmodel = genai.GenerativeModel(model_name="gemini-1.5-pro")\nmodel.generate_content(contents=contents)\n',
    finds: [],
  },
  {
    what: 'parts of a message in the builder for Android',
    path: 'a.kt',
    text: 'import com.google.firebase.ai.type.content\nval c = content { fileData("https://a.example/meal.jpeg", "image/jpeg") }\n',
    finds: ['google_gemini image_understanding'],
  },
  {
    what: 'sound in the builder for Android',
    path: 'a.kt',
    text: 'import com.google.firebase.ai.type.content\nval c = content { inlineData(bytes, "audio/aac") }\n',
    finds: [],
  },
  {
    what: 'a stream that is watched for parcels, set up by a program',
    path: 'a.ts',
    text: "import { aws_rekognition as rekognition } from 'aws-cdk-lib';\nnew rekognition.CfnStreamProcessor(this, 'p', { connectedHomeSettings: { labels: ['PET'] } });\n",
    finds: ['aws_rekognition object_detection'],
  },
  {
    what: "a caller of the vendor's own around the service",
    path: 'a.py',
    text: 'from textractcaller import call_textract_analyzeid\ncall_textract_analyzeid(document_pages=[page])\n',
    finds: ['aws_textract ocr'],
  },
  {
    what: 'what is asked of an image comes from elsewhere',
    path: 'a.go',
    text: 'package a\nimport "google.golang.org/api/vision/v1"\nfunc f(api *vision.Service, b *vision.BatchAnnotateImagesRequest) { api.Images.Annotate(b).Do() }\n',
    finds: ['google_vision unspecified'],
  },
  {
    what: 'images made in Go',
    path: 'a.go',
    text: 'package a\nimport "github.com/openai/openai-go/v3"\nfunc f() { client := openai.NewClient()\n client.Images.Generate(ctx, openai.ImageGenerateParams{Prompt: "a parrot"}) }\n',
    finds: ['openai image_generation'],
  },
  {
    what: 'an image in the words of a prompt',
    path: 'a.cs',
    text: 'var kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion(modelId: m, apiKey: k).Build();\nvar p = "<message role=\\"user\\"><text>What is this?</text><image>{{imageData}}</image></message>";\n',
    finds: ['openai image_understanding'],
  },
];

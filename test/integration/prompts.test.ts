import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/integration/catalog.ts';
import { askedFor } from '../../src/integration/prompts.ts';
import { scanText } from './scan-text.ts';

const { prompts } = loadCatalog();
const asked = (text: string) => askedFor(text, prompts).map((rule) => rule.id);

describe('what a prompt asks of people', () => {
  it.each([
    ['Who is the person in this photo?', ['who']],
    ['Please identify the man on the left.', ['who']],
    ['Tell me the name of the person shown', ['who']],
    ['Which celebrity is in this picture?', ['celebrity']],
    ['Are these two photos of the same person? Answer yes or no.', ['same-person']],
    ['Does the selfie match the photo on the card? Compare the two faces.', ['same-person']],
    ['Return JSON with age, gender and ethnicity', ['gender', 'race', 'age']],
    ['Estimate the age of the people in the queue', ['age']],
    ['What emotion is the customer showing?', ['emotion']],
    ['Describe the facial expression of the driver', ['emotion']],
    ["What is the person's mood?", ['emotion']],
    ['Extract the license plate number', ['plate']],
    ['{"gender": "male|female", "race": "..."}', ['gender']],
    ['Is this a man or a woman?', ['gender']],
    ['What race is this person?', ['race']],
    ['Estimate how old this woman is', ['age']],
    ['Does she look under 18?', ['age']],
    ['How does the person in this picture feel?', ['emotion']],
    ['Is the person in image 1 the same as the person in image 2?', ['same-person']],
    ['¿Quién es esta persona?', ['who']],
    ['Wer ist diese Person?', ['who']],
    ['Qui est cette personne ?', ['who']],
    ['这个人是谁？', ['who']],
    ['この人は誰ですか', ['who']],
    ['이 사람은 누구입니까', ['who']],
    ['Quel âge a cette personne ?', ['age']],
    ['请判断此人的性别和年龄', ['gender', 'age']],
    ['この人の感情を分析してください', ['emotion']],
  ])('%s', (text, rules) => {
    expect(asked(text)).toEqual(expect.arrayContaining(rules));
  });

  it.each([
    'Describe the damage on this car',
    "What's in this image?",
    'Describe the image in detail, its mood and its colours',
    "Identify the person's clothing",
    'Do not identify the person in the image',
    'Never guess the gender, race or emotional state of anyone',
    'Extract name, date of birth and sex from this passport',
    'How old is this building?',
    'Identify all objects and count the people',
    'Who is the invoice addressed to? Identify who issued the invoice.',
    'Transcribe the text. Keep the page numbers.',
    'Estimate the age of this tree',
    'Is this a race car?',
    'Describe this person.',
    'Is this image safe for minors under 18?',
    'What emotions does this artwork evoke?',
    'Count the people who wear a hard hat',
    'Locate every face and return its bounding box.',
    'Beschreibe das Bild.',
    'Décris cette image.',
    '请描述这张图片',
    'この画像を説明してください',
    '识别身份证上的姓名、性别和出生日期',
  ])('nothing: %s', (text) => {
    expect(asked(text)).toEqual([]);
  });
});

const ASKED = 'Who is the person in this photo?';

/** Where the words stand that go along with an image. */
const PLACES: readonly (readonly [string, string, string])[] = [
  [
    'a constant elsewhere in the file',
    'a.py',
    `from openai import OpenAI\nPROMPT = """\n${ASKED}\n"""\nc = OpenAI()\ndef ask(u):\n    return c.chat.completions.create(messages=[{"role": "user", "content": [{"type": "text", "text": PROMPT}, {"type": "image_url", "image_url": {"url": u}}]}])\n`,
  ],
  [
    'another message of the same list',
    'a.py',
    `from openai import OpenAI\nc = OpenAI()\nmessages = []\nmessages.append({"role": "system", "content": "${ASKED}"})\nmessages.append({"role": "user", "content": [{"type": "image_url", "image_url": {"url": u}}]})\nc.chat.completions.create(messages=messages)\n`,
  ],
  [
    'the call that the message is given to',
    'a.js',
    `import OpenAI from 'openai';\nconst c = new OpenAI();\nconst image = { type: 'input_image', image_url: u };\nawait c.responses.create({ instructions: '${ASKED}', input: [{ role: 'user', content: [image] }] });\n`,
  ],
  [
    'a template string',
    'a.ts',
    `import Anthropic from '@anthropic-ai/sdk';\nconst c = new Anthropic();\nc.messages.create({ messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }, { type: 'text', text: \`Look closely. ${ASKED} Answer in \${language}.\` }] }] });\n`,
  ],
  [
    'the body of a request in data',
    'request.json',
    `{"uri": "https://x.openai.azure.com/openai/deployments/d/chat/completions", "body": {"messages": [{"role": "system", "content": "${ASKED}"}, {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}}]}]}}`,
  ],
  [
    'the body of a request in a script',
    'a.sh',
    `curl https://api.openai.com/v1/chat/completions -d '{"messages": [{"role": "user", "content": [{"type": "text", "text": "${ASKED}"}, {"type": "image_url", "image_url": {"url": "x"}}]}]}'\n`,
  ],
  [
    'parts in Go',
    'a.go',
    `package a\nimport openai "github.com/sashabaranov/go-openai"\nfunc f(c *openai.Client) {\n c.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Messages: []openai.ChatCompletionMessage{{MultiContent: []openai.ChatMessagePart{{Type: openai.ChatMessagePartTypeText, Text: "${ASKED}"}, {Type: openai.ChatMessagePartTypeImageURL, ImageURL: &openai.ChatMessageImageURL{URL: u}}}}}})\n}\n`,
  ],
  [
    'parts in C#',
    'a.cs',
    `using OpenAI.Chat;\nclass A { void M(ChatClient c) { var m = new UserChatMessage(ChatMessageContentPart.CreateTextPart("${ASKED}"), ChatMessageContentPart.CreateImagePart(uri)); c.CompleteChat(m); } }\n`,
  ],
  [
    'contents in Kotlin',
    'a.kt',
    `import dev.langchain4j.data.message.*\nimport dev.langchain4j.model.openai.OpenAiChatModel\nfun f() { val m = UserMessage.from(TextContent.from("${ASKED}"), ImageContent.from(url)) }\n`,
  ],
];

describe('the words beside an image', () => {
  it.each(PLACES)('in %s (%s)', async (_, path, text) => {
    const found = await scanText(path, text);
    expect(found.map((one) => one.capability)).toContain('face_identification');
    const harmless = await scanText(path, text.replace(ASKED, 'Describe the damage on this car.'));
    expect(new Set(harmless.map((one) => one.capability))).toEqual(new Set(['image_understanding']));
  });
});

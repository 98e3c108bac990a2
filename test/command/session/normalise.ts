/** Takes away what differs from run to run: folders, ports, times, hashes; control characters become letters. */
export function normalise(text: string, folders: Readonly<Record<string, string>>): string {
  let plain = text.replaceAll('\r\n', '\n');
  for (const [folder, name] of Object.entries(folders)) plain = plain.replaceAll(folder, name);
  return (
    plain
      .replaceAll('\u001b', '␛')
      .replaceAll('\r', '␍')
      .replaceAll('\u0007', '␇')
      .replaceAll(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:PORT')
      .replaceAll(/-L \d{4,5}:127/g, '-L PORT:127')
      .replaceAll(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'TIME')
      .replaceAll(/\b[0-9a-f]{64}\b/g, 'SHA-256')
      .replaceAll(/, after a change of [\w., -]+\. Watching/g, '. Watching')
      .replaceAll(/`[0-9a-f]{12}`/g, '`DIGEST`')
      .replaceAll(/^oldest {4}\d+ min$/gm, 'oldest    N min')
      .replaceAll(/urn:uuid:[0-9a-f-]{36}/g, 'urn:uuid:UUID')
      .replaceAll(/"version": "\d+\.\d+\.\d+"/g, '"version": "VERSION"')
      .replaceAll(/\bNode (?:\.js )?v?\d+\.\d+\.\d+/g, 'Node VERSION')
      // Whether a command takes long enough to show its progress depends on the machine.
      .replaceAll(/(?:␍\d+ files …)+␍␛\[K/g, '')
      // How often a screen is drawn depends on when the system tells of a change.
      .replaceAll(/(␛\[2J(?:(?!␛\[2J)[\s\S])*?Ctrl-C ends\.␛\[0m\n)\1+/g, '$1')
  );
}

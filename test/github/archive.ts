import { gzipSync } from 'node:zlib';
import { crc32 } from './crc32.ts';
import type { ObjectStore } from './git/object-store.ts';
import { walkTree } from './git/tree.ts';

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly type: 'file' | 'folder' | 'link';
  readonly data: Buffer;
}

/** What `git archive` puts into an archive, below one folder: `owner-name-sha/`. Submodules are empty folders. */
function listEntries(store: ObjectStore, tree: string, folder: string): Entry[] {
  const entries: Entry[] = [{ path: `${folder}/`, mode: 0o775, type: 'folder', data: Buffer.alloc(0) }];
  for (const { path, mode, sha } of walkTree(store, tree)) {
    const data = store.blobs.get(sha) ?? Buffer.alloc(0);
    if (mode === '040000' || mode === '160000') {
      entries.push({ path: `${folder}/${path}/`, mode: 0o775, type: 'folder', data: Buffer.alloc(0) });
    } else if (mode === '120000') entries.push({ path: `${folder}/${path}`, mode: 0o777, type: 'link', data });
    else entries.push({ path: `${folder}/${path}`, mode: mode === '100755' ? 0o775 : 0o664, type: 'file', data });
  }
  return entries;
}

/** A `.tar.gz` as GitHub's codeload serves it: pax headers with the commit's id and for long names. */
export function makeTarball(store: ObjectStore, tree: string, folder: string, commitSha: string, at: number): Buffer {
  const blocks: Buffer[] = [...paxBlock('g', `comment=${commitSha}`, at)];
  for (const { path, mode, type, data } of listEntries(store, tree, folder)) {
    const link = type === 'link' ? data.toString() : '';
    if (Buffer.byteLength(path) > 100) blocks.push(...paxBlock('x', `path=${path}`, at));
    const size = type === 'file' ? data.length : 0;
    blocks.push(tarHeader({ path, mode, flag: { file: '0', link: '2', folder: '5' }[type], size, link, at }));
    if (size > 0) blocks.push(data, Buffer.alloc((512 - (size % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 1 });
}

function paxBlock(flag: 'g' | 'x', record: string, at: number): Buffer[] {
  let length = Buffer.byteLength(record) + 4;
  while (Buffer.byteLength(`${length} ${record}\n`) !== length) length += 1;
  const data = Buffer.from(`${length} ${record}\n`);
  const path = flag === 'g' ? 'pax_global_header' : 'pax_header';
  const header = tarHeader({ path, mode: 0o666, flag, size: data.length, link: '', at });
  return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
}

function tarHeader(entry: {
  path: string;
  mode: number;
  flag: string;
  size: number;
  link: string;
  at: number;
}): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(Buffer.from(entry.path).subarray(0, 100).toString('latin1'), 0, 100, 'latin1');
  header.write(octal(entry.mode, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(entry.size, 12), 124);
  header.write(octal(Math.floor(entry.at / 1000), 12), 136);
  header.write('        ', 148);
  header.write(entry.flag, 156);
  header.write(entry.link, 157, 100);
  header.write('ustar\u000000', 257);
  header.write('root', 265);
  header.write('root', 297);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A `.zip` without compression. */
export function makeZipball(store: ObjectStore, tree: string, folder: string): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  const entries = listEntries(store, tree, folder);
  for (const { path, mode, type, data } of entries) {
    const name = Buffer.from(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, data]);
    const tail = Buffer.alloc(14);
    const kind = { file: 0o100000, link: 0o120000, folder: 0o040000 }[type];
    tail.writeUInt32LE((((kind | mode) << 16) | (type === 'folder' ? 0x10 : 0)) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003'), common, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

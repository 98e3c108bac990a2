import { page } from '../render/common.ts';
import { notFound, type Reply } from '../reply.ts';
import { type Call, type Route, reads, repositoryOf, textOf } from '../route.ts';
import { derive, fullName, resolveCommit } from '../world.ts';

/** An archive is given by redirection to another address, with a token of its own that lives five minutes. */
function redirect(call: Call, kind: 'legacy.tar.gz' | 'legacy.zip'): Reply {
  const repository = repositoryOf(call);
  const sha = resolveCommit(repository, textOf(call, 'ref') || repository.defaultBranch);
  if (sha === undefined) throw notFound();
  const path = `/codeload/${fullName(call.world, repository)}/${kind}/${sha}`;
  return { status: 302, headers: { location: page(call.world, `${path}?token=${archiveToken(path)}`) } };
}

/** The token that opens one archive address. */
export function archiveToken(path: string): string {
  return derive(`archive ${path}`).slice(0, 29).toUpperCase();
}

export const archives: readonly Route[] = [
  {
    operation: 'repos/download-tarball-archive',
    needs: reads('contents'),
    handle: (call) => redirect(call, 'legacy.tar.gz'),
  },
  {
    operation: 'repos/download-zipball-archive',
    needs: reads('contents'),
    handle: (call) => redirect(call, 'legacy.zip'),
  },
];

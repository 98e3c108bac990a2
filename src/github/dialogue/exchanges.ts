import type { Reply } from '../../report/override-answers.ts';
import type { State } from '../../store/ports.ts';

/** What somebody said and what was answered, kept so that nothing is answered twice. */
export interface StoredExchange {
  readonly login: string;
  readonly actorId: number;
  readonly commentUrl: string;
  readonly excerpt: string;
  /** Milliseconds since the epoch, of the comment. */
  readonly at: number;
  readonly replies: readonly Reply[];
}

const KIND = 'exchange';

/** A pull request's exchanges by name (`comment-7`, `button-3`), oldest first. */
export async function exchangesOf(
  state: State,
  repositoryId: number,
  pullRequest: number,
): Promise<ReadonlyMap<string, StoredExchange>> {
  const records = await state.list({ kind: KIND, repositoryId, pullRequest });
  const all = records.map(({ name, value }) => [name, value as StoredExchange] as const);
  return new Map(all.sort(([, a], [, b]) => a.at - b.at));
}

/** Keeps an exchange; one that is there already stays as it is. */
export async function keepExchange(
  state: State,
  of: { readonly repositoryId: number; readonly pullRequest: number; readonly name: string },
  exchange: StoredExchange,
  now: number,
): Promise<void> {
  await state.write({ kind: KIND, ...of }, { version: 0, value: exchange, now });
}

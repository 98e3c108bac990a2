import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editIssueComment } from '../github/actions/comments.ts';
import { enqueue } from '../github/actions/merge-groups.ts';
import { openChange } from '../github/scene.ts';
import { DAY_MS, type DialogueTest, REQUEST, startDialogue } from './dialogue-kit.ts';

let test: DialogueTest;

beforeEach(async () => {
  test = await startDialogue();
});

afterEach(() => test.end());

/** What the check of a merge group of these pull requests says. */
async function queued(...pulls: Parameters<typeof enqueue>[2]): Promise<string | null | undefined> {
  const { github, repository, owner } = test.app.scene;
  const group = enqueue(github.world, repository, pulls, owner);
  await test.app.drain();
  return test.app.runsOn(group.headSha).at(-1)?.conclusion;
}

describe('a merge group', () => {
  it('passes by the override that its pull request passes by', async () => {
    await test.say(test.app.scene.developer, REQUEST);
    expect(await queued(test.pull)).toBe('failure');
    await test.say(test.approver, '/sightline approve O1');
    const other = openChange(test.app.scene, { 'docs/a.md': 'x\n' }, { branch: 'other' });
    await test.app.drain();
    expect(await queued(test.pull, other)).toBe('success');
  });

  it('does not pass by the override of something else', async () => {
    await test.say(test.app.scene.developer, REQUEST);
    await test.say(test.approver, '/sightline approve O1');
    const other = openChange(test.app.scene, { 'src/c.py': 'FACE:other()\n' }, { branch: 'other' });
    await test.app.drain();
    expect(await queued(test.pull, other)).toBe('failure');
  });

  it.each([
    [
      'whose approver has left the team',
      () => {
        test.app.scene.organisation.teams.get('compliance')?.members.delete(test.approver.id);
      },
    ],
    [
      'whose approval was edited',
      () => {
        const { github, repository } = test.app.scene;
        const approval = [...repository.issueComments.values()].find(({ authorId }) => authorId === test.approver.id);
        if (!approval) throw new Error('no approval');
        github.deliveries.mode = 'lose';
        editIssueComment(github.world, repository, approval, '/sightline approve O1 or not', test.approver.id);
        github.deliveries.mode = 'deliver';
      },
    ],
    [
      'that is over',
      () => {
        test.app.time += 11 * DAY_MS;
      },
    ],
  ])('does not pass by an override %s', async (_, change) => {
    await test.say(test.app.scene.developer, REQUEST);
    await test.say(test.approver, '/sightline approve O1');
    change();
    expect(await queued(test.pull)).toBe('failure');
  });
});

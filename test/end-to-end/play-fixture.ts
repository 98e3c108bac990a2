import type { Fixture } from '../github/load/fixture.ts';
import { openFixture, prepareFixture } from '../github/load/stage-fixture.ts';
import { playStep, type Stage, stepName } from '../github/load/step.ts';
import type { LocalGitHub } from '../github/local-github.ts';
import type { App } from '../github/state.ts';
import { type PullRequestView, viewPullRequest } from '../github/view/pull-request-view.ts';

/** What a developer sees after the pull request was opened or a step was played. */
export interface Scene {
  /** `1-open`, `2-push`: names the golden file. */
  readonly name: string;
  readonly view: PullRequestView;
  /** API requests that the app made for it. */
  readonly requests: number;
}

/** Plays a fixture from its repository to its last step; `settle` waits until the app has done all it does. */
export async function* playFixture(
  github: LocalGitHub,
  app: App,
  fixture: Fixture,
  settle: () => Promise<void>,
): AsyncGenerator<Scene> {
  const setting = prepareFixture(github.world, app, fixture);
  await settle();
  let before = github.requests.length;
  const stage: Stage = openFixture(github.world, fixture, setting);
  await settle();
  const look = (name: string): Scene => {
    const view = viewPullRequest(github.world, stage.repository, stage.issue);
    return { name, view, requests: github.requests.length - before };
  };
  yield look('1-open');
  for (const [index, step] of fixture.steps.entries()) {
    before = github.requests.length;
    playStep(stage, step);
    await settle();
    yield look(`${index + 2}-${stepName(step)}`);
  }
}

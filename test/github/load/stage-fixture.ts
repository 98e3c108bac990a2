import { join } from 'node:path';
import { addMember, createOrganisation, createTeam, createUser } from '../actions/accounts.ts';
import { installApp } from '../actions/apps.ts';
import { openPullRequest } from '../actions/pull-requests.ts';
import { createRepository, forkRepository, pushFiles } from '../actions/repositories.ts';
import type { Account, App, Collaboration, Organisation, Repository } from '../state.ts';
import { findAccount, type World } from '../world.ts';
import type { Fixture } from './fixture.ts';
import { readFiles } from './read-files.ts';
import type { Stage } from './step.ts';

const OWNER = 'olga';
const REPOSITORY = 'app';

/** The repository of a fixture, made before its pull request is opened. */
export interface Setting {
  readonly repository: Repository;
  readonly organisation: Organisation;
  readonly person: (login?: string) => Account;
}

/**
 * Makes an organisation for a fixture, named like it, with its repository, people, teams and branches, and installs the app
 * there. One for each, so that teams, configurations and rate limits of fixtures do not mix.
 */
export function prepareFixture(world: World, app: App, fixture: Fixture): Setting {
  const owner = ensureUser(world, OWNER);
  const organisation = createOrganisation(world, fixture.name, owner);
  if (fixture.organisation !== undefined)
    createRepository(world, organisation, '.github', { files: fixture.organisation });
  const repository = createRepository(world, organisation, REPOSITORY, { files: fixture.base });
  const person = (login = fixture.author) => ensureUser(world, login);
  addPeople(organisation, repository, { [fixture.author]: 'write', ...fixture.people }, person);
  for (const [slug, logins] of Object.entries(fixture.teams)) {
    createTeam(world, organisation, slug, { members: logins.map((login) => person(login)) });
  }
  installApp(world, app, organisation, 'all', owner);
  return { repository, organisation, person };
}

function addPeople(
  organisation: Organisation,
  repository: Repository,
  people: Readonly<Record<string, Collaboration['permission']>>,
  person: (login: string) => Account,
): void {
  for (const [login, permission] of Object.entries(people)) {
    addMember(organisation, person(login));
    repository.collaborators.set(person(login).id, { permission, roleName: permission });
  }
}

/** Opens the pull request of a prepared fixture. */
export function openFixture(world: World, fixture: Fixture, { repository, person }: Setting): Stage {
  const author = person();
  for (const [branch, folder] of Object.entries(fixture.branches)) {
    pushFiles(world, repository, branch, { author, files: readFiles(join(fixture.folder, folder)) });
  }
  const headRepository = fixture.fork ? forkRepository(world, repository, author) : repository;
  const { title, body, draft, head, remove } = fixture;
  pushFiles(world, headRepository, fixture.name, { author, files: head, remove, message: title });
  const issue = openPullRequest(world, repository, {
    author,
    title,
    body: body ?? null,
    head: fixture.name,
    headRepository,
    draft,
  });
  return { world, repository, issue, folder: fixture.folder, person };
}

function ensureUser(world: World, login: string): Account {
  return findAccount(world, login) ?? createUser(world, login);
}

import { join } from 'node:path';
import { addMember, createOrganisation, createUser } from '../github/actions/accounts.ts';
import { createRepository } from '../github/actions/repositories.ts';
import { createObjectStore, type ObjectStore } from '../github/git/object-store.ts';
import { type Fixture, readFixtures } from '../github/load/fixture.ts';
import type { Files } from '../github/load/read-files.ts';
import type { Account, Organisation, Repository } from '../github/state.ts';
import type { World } from '../github/world.ts';
import type { Size } from './size.ts';

/** An organisation that wants the app. */
export interface Household {
  readonly organisation: Organisation;
  readonly owner: Account;
  readonly people: readonly Account[];
  /** With what a pull request in each may change. */
  readonly repositories: readonly { readonly repository: Repository; readonly head: Files }[];
  readonly settings: Repository;
}

const PEOPLE = 40;
const REPOSITORIES_OF_SMALL = 12;

/** What an organisation settles for all of its repositories. */
export const ORGANISATION_FILES = {
  '.github/sightline.yml': 'mode: enforce\ncomments:\n  review: true\n',
};

/**
 * One large organisation and a few small ones. Their repositories are those of the fixtures over and over, each with a file
 * of its own; objects are kept once.
 */
export function buildTown(world: World, root: string, size: Size): readonly Household[] {
  const fixtures = readFixtures(join(root, 'fixtures/pull-requests')).filter(isModest);
  const store = createObjectStore();
  const build = (login: string, count: number) => buildOrganisation(world, { login, count, fixtures, store });
  return [
    build('large', size.repositories),
    ...Array.from({ length: size.small }, (_, index) => build(`small-${index + 1}`, REPOSITORIES_OF_SMALL)),
  ];
}

/** Files of a megabyte are what other tests are for. */
function isModest({ head, base }: Fixture): boolean {
  return [...head.values(), ...base.values()].every((file) => Buffer.isBuffer(file) && file.length < 50_000);
}

interface Plan {
  readonly login: string;
  readonly count: number;
  readonly fixtures: readonly Fixture[];
  readonly store: ObjectStore;
}

function buildOrganisation(world: World, { login, count, fixtures, store }: Plan): Household {
  const owner = createUser(world, `${login}-owner`);
  const organisation = createOrganisation(world, login, owner);
  const people = Array.from({ length: PEOPLE }, (_, index) => createUser(world, `${login}-${index + 1}`));
  for (const person of people) addMember(organisation, person);
  const settings = createRepository(world, organisation, '.github', { files: ORGANISATION_FILES, store });
  const repositories = Array.from({ length: count }, (_, index) => {
    const { base, head } = fixtures[index % fixtures.length] as Fixture;
    const files = new Map([...base, ['ABOUT.md', `# ${login} ${index + 1}\n`] as const]);
    const repository = createRepository(world, organisation, `repository-${index + 1}`, { files, store });
    for (let place = index; place < index + 4; place += 1) {
      repository.collaborators.set((people[place % PEOPLE] ?? owner).id, WRITES);
    }
    return { repository, head };
  });
  return { organisation, owner, people, repositories, settings };
}

const WRITES = { permission: 'write', roleName: 'write' } as const;

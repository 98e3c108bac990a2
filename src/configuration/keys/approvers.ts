import type { ApproverRule, Configuration } from '../configuration.ts';
import type { ConfigurationKey, KeyContext } from '../configuration-key.ts';
import type { WrittenConfiguration } from '../configuration-schema.ts';

const LISTS = ['users', 'teams', 'roles'] as const;

export const approversKey: ConfigurationKey = {
  key: 'approvers',
  repositoryMay: 'Narrow the approvers of something to some of those whom the organisation names for it.',
  because: 'Who may approve an override decides whether any rule holds.',
  replace(below, written) {
    return written.approvers === undefined ? below : { ...below, approvers: written.approvers.map(toRule) };
  },
  tighten(floor, written, context) {
    const narrowed = (written.approvers ?? []).map((group, index) =>
      narrow(toRule(group), index, floor.approvers, context),
    );
    return { ...floor, approvers: overlay(floor.approvers, narrowed.filter(isAnybody)) };
  },
};

function toRule(written: NonNullable<WrittenConfiguration['approvers']>[number]): ApproverRule {
  const { applies = [], users = [], teams = [], roles = [] } = written;
  return { applies, users, teams, roles };
}

/** The group without those whom the organisation does not name for all that the group applies to. */
function narrow(
  group: ApproverRule,
  index: number,
  floor: Configuration['approvers'],
  context: KeyContext,
): ApproverRule {
  const targets = group.applies.length > 0 ? group.applies : [undefined];
  const allowed = targets.map((target) => groupsFor(target, floor));
  const kept = LISTS.map((list) =>
    group[list].filter((name, at) => {
      const isNamed = allowed.every((groups) => groups.some((each) => hasName(each[list], name)));
      if (!isNamed)
        context.complain(
          ['approvers', index, list, at],
          `The organisation does not name ${name} as an approver of this`,
        );
      return isNamed;
    }),
  );
  const [users = [], teams = [], roles = []] = kept;
  return { applies: group.applies, users, teams, roles };
}

/** Logins and slugs are the same in any case. */
function hasName(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}

/** Those who decide on something: the groups that name the rule, else its policy, else those for everything. */
function groupsFor(target: string | undefined, groups: readonly ApproverRule[]): readonly ApproverRule[] {
  const policy = target?.split('/')[0];
  for (const name of [target, policy]) {
    const named = groups.filter(({ applies }) => name !== undefined && applies.includes(name));
    if (named.length > 0) return named;
  }
  return groups.filter(({ applies }) => applies.length === 0);
}

function isAnybody({ users, teams, roles }: ApproverRule): boolean {
  return users.length + teams.length + roles.length > 0;
}

/** The floor's groups, but for what the narrowed groups speak of. */
function overlay(floor: readonly ApproverRule[], narrowed: readonly ApproverRule[]): readonly ApproverRule[] {
  const taken = new Set(narrowed.flatMap(({ applies }) => applies));
  const isGeneralTaken = narrowed.some(({ applies }) => applies.length === 0);
  const rest = floor.flatMap((group) => {
    if (group.applies.length === 0) return isGeneralTaken ? [] : [group];
    const applies = group.applies.filter((target) => !taken.has(target));
    return applies.length > 0 ? [{ ...group, applies }] : [];
  });
  return [...rest, ...narrowed];
}

import type { ConfigurationKey } from '../configuration-key.ts';

export const declarationsKey: ConfigurationKey = {
  key: 'declarations',
  repositoryMay: 'Add places. Those of the organisation stay.',
  because: 'Use cases that are declared in a place that is no longer read would no longer be judged.',
  replace(below, { declarations = below.declarations }) {
    return { ...below, declarations };
  },
  tighten(floor, { declarations = [] }) {
    return { ...floor, declarations: [...new Set([...floor.declarations, ...declarations])] };
  },
};

export const packsKey: ConfigurationKey = {
  key: 'packs',
  repositoryMay: 'Choose freely: each layer names places in its own repository.',
  because: 'Custom packs only add rules; those of the organisation are read from its own repository.',
  replace(below, { packs = below.packs }) {
    return { ...below, packs };
  },
  tighten(floor, { packs = floor.packs }) {
    return { ...floor, packs };
  },
};

export const ignoreKey: ConfigurationKey = {
  key: 'ignore',
  repositoryMay: 'Ignore fewer paths: patterns out of the list of the organisation.',
  because: 'Code in an ignored path is not looked at. Whether one pattern lies within another is not guessed.',
  replace(below, { ignore = below.ignore }) {
    return { ...below, ignore };
  },
  tighten(floor, { ignore }, { complain }) {
    if (ignore === undefined) return floor;
    for (const [index, pattern] of ignore.entries()) {
      if (floor.ignore.includes(pattern)) continue;
      complain(['ignore', index], `The organisation does not ignore ${pattern}`);
    }
    return { ...floor, ignore: floor.ignore.filter((pattern) => ignore.includes(pattern)) };
  },
};

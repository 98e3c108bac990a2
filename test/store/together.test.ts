import { expect, it } from 'vitest';
import { together } from '../../src/store/together.ts';
import { onEachEngine, openedStore } from './engines.ts';
import { delivery, pullRequest } from './samples.ts';

it('does in one go what comes at the same moment, and gives each its own answer', async () => {
  const batches: (readonly number[])[] = [];
  const double = together(async (inputs: readonly number[]) => {
    batches.push(inputs);
    return inputs.map((input) => input * 2);
  });
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

it('bounds how much is done in one go', async () => {
  const sizes: number[] = [];
  const same = together(async (inputs: readonly number[]) => {
    sizes.push(inputs.length);
    return inputs;
  });
  const inputs = Array.from({ length: 250 }, (_, index) => index);
  expect(await Promise.all(inputs.map(same))).toEqual(inputs);
  expect(sizes).toEqual([100, 100, 50]);
});

it('lets one that fails spoil none of the others', async () => {
  const picky = together(async (inputs: readonly number[]) => {
    if (inputs.includes(2)) throw new Error('not 2');
    return inputs;
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map(picky));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await picky(4)).toBe(4);
});

it('does not try one by one what meets all alike', async () => {
  let tries = 0;
  const refuse = together(
    () => {
      tries += 1;
      return Promise.reject(new Error('full'));
    },
    () => true,
  );
  const outcomes = await Promise.allSettled([1, 2, 3].map(refuse));
  expect([tries, ...outcomes.map(({ status }) => status)]).toEqual([1, 'rejected', 'rejected', 'rejected']);
});

onEachEngine((engine) => {
  it('stores deliveries that come together as if they had come one by one', async () => {
    const { queue, database } = await openedStore(engine);
    const guids = ['a', 'b', 'a', 'c', 'b'];
    const deliveries = guids.map((guid, index) => delivery(guid, { marks: [pullRequest(index % 2)] }));
    const outcomes = await Promise.all(deliveries.map((each) => queue.accept(each)));
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(3);
    expect(await database.rows('select count(*) as kept from delivery')).toEqual([{ kept: 3 }]);
    const broken = { ...delivery('d'), event: undefined as unknown as string };
    const mixed = await Promise.allSettled([broken, delivery('e')].map((each) => queue.accept(each)));
    expect(mixed.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

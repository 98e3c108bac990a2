import fc from 'fast-check';

/**
 * Properties try the same cases in every run, so that a test that fails fails for what was changed. `PROPERTY_SEED=random`
 * (the long runs) tries others each time; the seed of a failure, which fast-check prints, tries the same again.
 */
const { PROPERTY_SEED: seed = '1' } = process.env;

if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

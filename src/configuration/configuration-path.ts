/** Where a repository keeps its configuration; an organisation keeps it at the same place of its `.github` repository. */
export const CONFIGURATION_PATH = '.github/sightline.yml';

/** The repository of that name is the organisation's own: what stands there is above all its others. */
export const ORGANISATION_REPOSITORY = '.github';

/** The folder in which custom policies lie unless a configuration says otherwise. */
export const POLICIES_FOLDER = '.github/ai-policies';

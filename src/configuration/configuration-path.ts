/** Where a repository keeps its configuration; an organisation keeps it at the same place of its `.github` repository. */
export const CONFIGURATION_PATH = '.github/sightline.yml';

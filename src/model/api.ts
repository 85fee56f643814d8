/** Folder of our own data files, relative to the site. */
export const API = 'api/lifeboat/v1';

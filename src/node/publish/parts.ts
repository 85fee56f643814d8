export { partsFile } from '../../log/published/parts-file.ts';
export { API, sha256, text } from '../../log/published/texts.ts';

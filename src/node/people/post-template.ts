import type { Template } from '../../vault/document.ts';
import { contentFolder } from '../content/content-folder.ts';
import { readTemplates } from '../content/templates.ts';
import { PlainError } from '../plain-error.ts';

/** The template `id` of the content folder, which must be for what is posted. @throws PlainError */
export async function templateNamed(dir: string, id: string, of: Template['says']['of']): Promise<Template> {
  const content = await contentFolder(process.env, dir);
  const templates = await readTemplates(content);
  const found = templates.find((template) => template.id === `templates/${id}`);
  const fitting = templates.filter(({ says }) => says.of === of).map((one) => one.id.replace('templates/', ''));
  const known = fitting.length === 0 ? 'it has none' : `it has ${fitting.join(', ')}`;
  if (found === undefined)
    throw new PlainError(`There is no template "${id}" for this in ${content}/templates; ${known}.`);
  if (found.says.of !== of)
    throw new PlainError(
      `The template "${id}" is for ${found.says.of === 'incident' ? 'an incident' : 'a maintenance: say --maintenance'}; ${known}.`,
    );
  return found;
}

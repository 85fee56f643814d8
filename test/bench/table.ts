import { type Figure, isMet } from './measurement.ts';

/** The figures as a Markdown table, readable as it is. */
export function table(figures: readonly Figure[], machine: string): string {
  const rows = figures.map((figure) => [figure.name, `${rounded(figure.value)} ${figure.unit}`, floorOf(figure)]);
  const all = [['figure', 'measured', 'floor'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [machine, '', lines[0], rule, ...lines.slice(1)].join('\n');
}

function floorOf(figure: Figure): string {
  if (figure.floor === undefined) return '';
  const asked = 'atLeast' in figure.floor ? `at least ${figure.floor.atLeast}` : `at most ${figure.floor.atMost}`;
  return `${asked}: ${isMet(figure) ? 'met' : 'MISSED'}`;
}

function rounded(value: number): string {
  if (Number.isNaN(value)) return '-';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

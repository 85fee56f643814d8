import type { Block, ListItem } from '../../vault/document.ts';
import { Command } from './command.tsx';
import { Inlines } from './inlines.tsx';

/** A document's block tree as elements; no HTML is ever parsed. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, position) => (
        <BlockView key={position} block={block} />
      ))}
    </>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'heading': {
      // The page's own headings end at h2.
      const Heading = HEADINGS[Math.min(block.level, 4) - 1] ?? 'h6';
      return (
        <Heading data-section={block.section}>
          <Inlines inlines={block.children} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.children} />
        </p>
      );
    case 'list':
      return <List start={block.start} items={block.items} />;
    case 'command':
      return <Command language={block.language} text={block.text} copy={block.copy} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'table':
      return <Table head={block.head} rows={block.rows} />;
    case 'rule':
      return <hr />;
  }
}

const HEADINGS = ['h3', 'h3', 'h4', 'h5'] as const;

function List({ start, items }: { readonly start: number | null; readonly items: readonly ListItem[] }) {
  const lines = items.map((item, position) => (
    <li key={position} class={item.checked === null ? undefined : 'step'}>
      {item.checked !== null && <input type="checkbox" defaultChecked={item.checked} aria-label={`${position + 1}`} />}
      <Blocks blocks={item.children} />
    </li>
  ));
  return start === null ? <ul>{lines}</ul> : <ol start={start}>{lines}</ol>;
}

type Rows = Extract<Block, { type: 'table' }>;

function Table({ head, rows }: Pick<Rows, 'head' | 'rows'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrollable by keyboard
    <div class="scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, position) => (
              <th key={position}>
                <Inlines inlines={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, position) => (
            <tr key={position}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Inlines inlines={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

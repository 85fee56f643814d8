import { useStore } from '@nanostores/preact';
import type { BridgeMessages } from '../../i18n/bridge-en.ts';
import { $messages } from '../../stores/language.ts';
import type { PostProblem as Problem } from '../../stores/post-problem.ts';

/** Why there is nothing to review yet, in one sentence; empty where there is. */
export function PostProblem({ problem }: { readonly problem: Problem | null }) {
  const words = useStore($messages).post;
  return (
    <p id="post-problem" class="quiet" role="status" data-problem={problem?.type}>
      {problem !== null && sentenceOf(problem, words)}
    </p>
  );
}

function sentenceOf(problem: Problem, words: BridgeMessages['post']): string {
  if (problem.type === 'translation') return words.problem.translation(words.languages[problem.lang]);
  if (problem.type === 'placeholders') return words.problem.placeholders(problem.left.join(', '));
  if (problem.type === 'size') return words.problem.size(kilobytes(problem.bytes), kilobytes(problem.most));
  return words.problem[problem.type];
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000);
}

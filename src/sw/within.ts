/** The task's result; rejects when it takes longer than `ms`. The task itself goes on. */
export function within<Result>(ms: number, task: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Too late.')), ms);
    task.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

console.info('lifeboat');
export const placeholder = true;

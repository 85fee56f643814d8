export const renderMain = (): string => '';

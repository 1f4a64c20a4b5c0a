// One thing, or several.
export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

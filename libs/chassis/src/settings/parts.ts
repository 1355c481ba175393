/** What an instance may do of the work of its service. Several instances share each part; roles tell only which take part at all. */
export const parts = ['http', 'consumer', 'relay', 'workers'] as const;
export type Part = (typeof parts)[number];

/** `all`, or parts between commas. */
export const partsPattern = /^(?:all|(?:http|consumer|relay|workers)(?: *, *(?:http|consumer|relay|workers))*)$/;

export const plays = (role: string, part: Part): boolean => role === 'all' || role.split(/ *, */).includes(part);

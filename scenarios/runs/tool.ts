/** Name and version of the tool, as traces and reports carry them. A test holds it against package.json. */
export const TOOL = 'calldrill 0.1.0';

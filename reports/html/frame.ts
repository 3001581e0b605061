/** What is around the body of every page: its style, and a policy that lets in nothing but that and the one script. */
import { Markup, markup } from './markup.ts';
import { POLICY } from './script.ts';
import { STYLE } from './style.ts';

/** A page that needs no other file and no network, as text. */
export function pageFrame(title: string, body: Markup): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}

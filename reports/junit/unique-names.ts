/**
 * Names that are there once. GitLab keeps the first of two testcases with one name and drops the other, failed or not; so the second is
 * given a number. Ids are unique within a run, but a run that failed, a comparison and a deployment may be called as a check is.
 */
import type { XmlElement } from '../xml.ts';

/** The same tree; of testsuites with one name, and of testcases with one classname and name, all but the first have a number. */
export function uniquelyNamed(testsuites: XmlElement): XmlElement {
  const suites = new Set<string>();
  const cases = new Set<string>();
  return renamed(testsuites, (testsuite) => ({
    ...renamed(testsuite, (each) =>
      each.name === 'testcase' ? numbered(each, cases, String(each.attributes?.['classname'])) : each,
    ),
    attributes: numbered(testsuite, suites, '').attributes ?? {},
  }));
}

function renamed(element: XmlElement, change: (child: XmlElement) => XmlElement): XmlElement {
  const { content } = element;
  return content === undefined || typeof content === 'string'
    ? element
    : { ...element, content: content.map(change) };
}

function numbered(element: XmlElement, taken: Set<string>, within: string): XmlElement {
  const own = String(element.attributes?.['name']);
  const placed = (name: string): string => JSON.stringify([within, name]);
  let name = own;
  for (let count = 2; taken.has(placed(name)); count++) name = `${own} (${count})`;
  taken.add(placed(name));
  return name === own ? element : { ...element, attributes: { ...element.attributes, name } };
}

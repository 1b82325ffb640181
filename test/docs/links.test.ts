import { dirname, join, normalize } from 'node:path';
import { allPages, anchorsOf, isThere, proseOf, textOf } from './pages';

interface Link {
  readonly page: string;
  readonly target: string;
}

const withoutCode = (text: string): string => proseOf(text).replace(/`[^`\n]*`/g, '');

/** Links of Markdown and of its few tags, without those to other sites. */
function internalLinksOf(page: string): readonly Link[] {
  const text = withoutCode(textOf(page));
  const inline = text.matchAll(/\]\(([^)\s]+)\)/g);
  const definitions = text.matchAll(/^\[[^\]]+\]: (\S+)$/gm);
  const tags = text.matchAll(/(?:src|srcset|href)="([^"]+)"/g);
  return [...inline, ...definitions, ...tags]
    .map(([, target = '']) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

function fileOf({ page, target }: Link): string {
  const [file = ''] = target.split('#');
  return file === '' ? page : normalize(join(dirname(page), file));
}

const links = allPages.flatMap(internalLinksOf);
const nameOf = ({ page, target }: Link): string => `${page}: ${target}`;

test('given the pages, then they link to each other', () => {
  expect(links.length).toBeGreaterThan(allPages.length);
});

test('given a link to a file of the project, then the file is there', () => {
  expect(links.filter((link) => !isThere(fileOf(link))).map(nameOf)).toEqual([]);
});

test('given a link to a section, then the page has its heading', () => {
  const broken = links.filter((link) => {
    const [, anchor] = link.target.split('#');
    return anchor !== undefined && !anchorsOf(textOf(fileOf(link))).includes(anchor);
  });
  expect(broken.map(nameOf)).toEqual([]);
});

test('given a reference to a link definition, then the page has it', () => {
  const missing = allPages.flatMap((page) => {
    const text = withoutCode(textOf(page));
    const defined = [...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name);
    return [...text.matchAll(/\]\[([^\]]+)\]/g)]
      .map(([, name = '']) => name)
      .filter((name) => !defined.includes(name))
      .map((name) => `${page}: ${name}`);
  });
  expect(missing).toEqual([]);
});

test('given a page of docs, then the README or a page that it links to leads there', () => {
  const reached = new Set(links.map(fileOf));
  const pages = allPages.filter((page) => page.startsWith('docs/') && !page.startsWith('docs/decisions/'));
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test('given a path of the project in a page, then it is there', () => {
  const missing = allPages.flatMap((page) =>
    [
      ...proseOf(textOf(page)).matchAll(
        /`((?:bin|cli|config|docs|lambda|lib|samples|scripts|test)\/[\w./-]+)`/g,
      ),
    ]
      .map(([, path = '']) => path)
      .filter((path) => !isThere(path))
      .map((path) => `${page}: ${path}`),
  );
  expect(missing).toEqual([]);
});

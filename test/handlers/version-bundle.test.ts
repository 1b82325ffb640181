import type { RequestListener } from 'node:http';
import { zipSync } from 'fflate';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { executable } from '../fixtures/archives';
import { givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
import { DeployedBundle, synthesizeBundle } from '../harness/deployed-bundle';
import { startLoopbackServer } from '../harness/loopback-server';

const text = new TextEncoder().encode('#!/bin/sh\n');
const many = Object.fromEntries(
  Array.from({ length: 2_000 }, (_, index) => [`python/package/module${index}.py`, new Uint8Array()]),
);

const archives: readonly [string, Uint8Array][] = [
  ['3', zipSync(many)],
  ['4', zipSync({ ...many, 'python/package/module7.py': text, 'extensions/boot': [text, executable] })],
];

/** Answers for Lambda with the versions of the layer, and for S3 with ranges of their archives. */
const lambdaAndS3: RequestListener = ({ url = '', headers }, response) => {
  const { pathname, searchParams } = new URL(url, `http://${headers.host}`);
  const version = pathname.startsWith('/archives/')
    ? pathname.slice('/archives/'.length)
    : searchParams.get('Arn')?.split(':').at(-1);
  const archive = archives.find(([known]) => known === version)?.[1];
  if (archive === undefined) return void response.writeHead(404).end('{}');
  if (!pathname.startsWith('/archives/')) {
    const Content = {
      CodeSize: archive.length,
      CodeSha256: `hash ${version}`,
      Location: `http://${headers.host}/archives/${version}`,
    };
    return void response.writeHead(200).end(JSON.stringify({ Content }));
  }
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const from = first === '' ? Math.max(0, archive.length - Number(last)) : Number(first);
  const to = first === '' ? archive.length - 1 : Number(last);
  response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${archive.length}` });
  response.end(archive.subarray(from, to + 1));
};

test('given versions of 2,000 files on the bundle that is deployed, then its message names what is new in the later one', async () => {
  const { endpoint } = await startLoopbackServer(lambdaAndS3);
  const bundle = await DeployedBundle.start(synthesizeBundle('Detector'));
  const [before, after] = [layerVersion('utils', 3), layerVersion('utils', 4)];
  const { results } = await bundle.invoke(
    [
      givenEnvelope(givenUpdate([before], { eventTime: '2026-10-06T20:14:05Z' })),
      givenEnvelope(givenUpdate([after])),
    ],
    { AWS_ENDPOINT_URL_LAMBDA: endpoint },
  );
  expect(results).toMatchObject([{ ok: true }, { ok: true }]);
  const document = JSON.parse(bundle.topic.published[1]?.bodies['sqs'] ?? '') as FindingDocument;
  expect(document.layerwatch.context.layers?.[0]?.difference).toMatchObject({
    compared_with: before,
    files: { added: 1, changed: 1, removed: 0, unchanged: 1_999 },
    gained: { extensions: ['extensions/boot'] },
    problem: null,
  });
  expect(bundle.topic.published[1]?.bodies['email']).toContain('external extension added: extensions/boot');
});

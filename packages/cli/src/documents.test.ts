import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commandLine } from './conclude.ts'
import { exitCodes, fromFramework } from './exit-codes.ts'
import { toJson } from './json.ts'
import { junitXml } from './junit.ts'
import { annotation } from './print/tests.ts'

test('numbers that are not finite survive JSON as words', () => {
  expect(toJson({ a: Infinity, b: [-Infinity, NaN], c: 1 })).toBe(
    '{\n  "a": "Infinity",\n  "b": [\n    "-Infinity",\n    "NaN"\n  ],\n  "c": 1\n}\n',
  )
})

test('JUnit XML escapes what XML would misread', () => {
  const failure = { kind: 'missed', message: 'a "b" & <c>\u0000\n' } as const
  const cases = [
    { name: 'p99 < 1ms', className: 'd', seconds: 1.5, measured: '2 ms', failure },
    { name: 'x', className: 'd', seconds: 0.25, measured: '1 & 2' },
  ]
  expect(
    junitXml([{ name: "d'", file: 'f', properties: { seed: '7' }, cases }]),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="loadpath" tests="2" failures="1" errors="0" skipped="0" time="1.750">
  <testsuite name="d&#39;" file="f" tests="2" failures="1" errors="0" skipped="0" time="1.750">
    <properties>
      <property name="seed" value="7"/>
    </properties>
    <testcase name="p99 &#60; 1ms" classname="d" time="1.500">
      <properties>
        <property name="measured" value="2 ms"/>
      </properties>
      <failure message="a &#34;b&#34; &#38; &#60;c&#62;\ufffd&#10;" type="missed"/>
    </testcase>
    <testcase name="x" classname="d" time="0.250">
      <properties>
        <property name="measured" value="1 &#38; 2"/>
      </properties>
    </testcase>
  </testsuite>
</testsuites>
`)
})

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)('a parser of XML reads every objective back as it was written (needs python3)', () => {
  const verdicts = [undefined, 'missed', 'inconclusive'] as const
  const names = ['p99 < 1ms', 'a "b" & \'c\' ]]> <!-- é 漢 🙂', 'tab\tline\nreturn\rend']
  const suites = ['one & two', 'three'].map((name) => ({
    name,
    file: `${name}.yaml`,
    properties: { seed: '1' },
    cases: names.flatMap((text) =>
      verdicts.map((kind) => ({
        name: text,
        className: name,
        seconds: 1,
        measured: text,
        ...(kind && { failure: { kind, message: `${kind}: ${text}` } }),
      })),
    ),
  }))
  const program = `import sys, json, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
def read(case): return [case.get('name'), case.get('classname'), [[found.tag, found.get('type'), found.get('message')] for found in case if found.tag != 'properties'], case.find('properties/property').get('value')]
print(json.dumps([dict(root.attrib), [[suite.get('name'), suite.get('file'), [read(case) for case in suite.iter('testcase')]] for suite in root]]))`
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input: junitXml(suites), encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual([
    { name: 'loadpath', tests: '18', failures: '6', errors: '6', skipped: '0', time: '18.000' },
    suites.map(({ name, file, cases }) => [
      name,
      file,
      cases.map(({ name: text, className, failure }) => [
        text,
        className,
        failure === undefined ? [] : [[failure.kind === 'missed' ? 'failure' : 'error', failure.kind, failure.message]],
        text,
      ]),
    ]),
  ])
})

test('annotations of GitHub Actions escape what ends them', () => {
  const one = { verdict: 'inconclusive', text: 'availability >= 99.9%', measured: '98.2 % ± 0.2', worlds: '' } as const
  expect(annotation('a,b:c.yaml', one)).toEqual([
    '::warning file=a%2Cb%3Ac.yaml,title=objective inconclusive::inconclusive: availability >= 99.9%25: measured 98.2 %25 ± 0.2',
  ])
  expect(annotation('a.yaml', { ...one, verdict: 'met' })).toEqual([])
})

test('a command can be typed again as it is printed', () => {
  expect(commandLine(['loadpath', 'simulate', "it's.yaml", '--set', 'a={ b: 1 }'])).toBe(
    "loadpath simulate 'it'\\''s.yaml' --set 'a={ b: 1 }'",
  )
})

test('codes of the framework become ours', () => {
  expect([-5, -4, -1, -2, 0, 4].map(fromFramework)).toEqual([
    exitCodes.wrong,
    exitCodes.wrong,
    exitCodes.fault,
    exitCodes.fault,
    exitCodes.ok,
    exitCodes.inconclusive,
  ])
})

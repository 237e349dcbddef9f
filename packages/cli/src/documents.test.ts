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
    { name: 'p99 < 1ms', className: 'd', failure },
    { name: 'x', className: 'd' },
  ]
  expect(junitXml([{ name: "d'", file: 'f', cases }])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="loadpath" tests="2" failures="1" errors="0">
  <testsuite name="d&#39;" file="f" tests="2" failures="1" errors="0">
    <testcase name="p99 &#60; 1ms" classname="d">
      <failure message="a &#34;b&#34; &#38; &#60;c&#62;\ufffd&#10;" type="missed"/>
    </testcase>
    <testcase name="x" classname="d"/>
  </testsuite>
</testsuites>
`)
})

test('annotations of GitHub Actions escape what ends them', () => {
  const one = { verdict: 'undecided', text: 'availability >= 99.9%', measured: '98.2 % ± 0.2', worlds: '' } as const
  expect(annotation('a,b:c.yaml', one)).toEqual([
    '::warning file=a%2Cb%3Ac.yaml,title=objective undecided::undecided: availability >= 99.9%25: measured 98.2 %25 ± 0.2',
  ])
  expect(annotation('a.yaml', { ...one, verdict: 'held' })).toEqual([])
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
    exitCodes.undecided,
  ])
})

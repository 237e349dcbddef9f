import { expect, test } from 'vitest'
import { escapeHtml, html, Markup } from './markup.ts'

test('a template escapes its values', () => {
  const hostile = `</script><img src=x onerror="alert('1')">&`
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    `<p title="&#60;/script&#62;&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;">&#60;/script&#62;&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;</p>`,
  )
})

test('a template replaces invisible and bidirectional characters', () => {
  expect(escapeHtml('a\u202Eb\u0000c\nd')).toBe('a\ufffdb\ufffdc d')
})

test('templates nest, lists are joined, and null prints nothing', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
  expect(html`<ul>${items}${null}${undefined}${false}${0}</ul>`.text).toBe('<ul><li>a</li><li>&#60;b&#62;</li>0</ul>')
  expect(html`${new Markup('<i>')}`.text).toBe('<i>')
})

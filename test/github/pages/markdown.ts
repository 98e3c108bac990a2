import { raw } from 'hono/html';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Tags that GitHub lets through and that our texts use; only without attributes. */
const TAGS = 'details|summary|sub|sup|kbd|br|b|i|em|strong|ins|del';

/**
 * GitHub-flavoured Markdown as HTML. Raw HTML is escaped and dangerous links are dropped by micromark; afterwards comments go
 * and a few tags without attributes come back, outside code.
 */
export function renderMarkdown(text: string) {
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const parts = html.split(/(<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>)/);
  return raw(parts.map((part, index) => (index % 2 === 1 ? showSuggestion(part) : restoreTags(part))).join(''));
}

function restoreTags(html: string): string {
  const visible = html.replace(/&lt;!--[\s\S]*?--&gt;/g, '');
  return visible.replace(new RegExp(`&lt;(/?)(${TAGS})\\s*/?&gt;`, 'gi'), '<$1$2>');
}

function showSuggestion(html: string): string {
  if (!html.startsWith('<pre><code class="language-suggestion">')) return html;
  return `<div class="suggestion"><p>Suggested change</p>${html}</div>`;
}

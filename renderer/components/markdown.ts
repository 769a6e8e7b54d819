import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/**
 * Markdown (CommonMark and GitHub's tables, lists and struck text) as HTML that is safe to show: HTML in the source is shown as text,
 * and an address that is not http, https or mailto is dropped (micromark's default, which must stay).
 */
export const toHtml = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: false });

/** One line without a paragraph around it, for titles and messages. */
export const toInlineHtml = (markdown: string): string => {
  const html = toHtml(markdown.replaceAll('\n', ' ')).trim();
  return /^<p>(?!.*<p>)(.*)<\/p>$/s.exec(html)?.[1] ?? html;
};

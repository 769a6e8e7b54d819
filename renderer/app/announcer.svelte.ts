/** What a screen reader is told although nothing was focused: verdicts, ticks, a lost connection. */
export class Announcer {
  text = $state('');

  say(...sentences: string[]): void {
    if (sentences.length) this.text = sentences.join(' ');
  }
}

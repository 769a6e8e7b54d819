/** Something went wrong in a way that we can explain: its message is for the learner, a stack is not. */
export class Problem extends Error {
  /**
   * @param {string} message what happened
   * @param {string} hint what to do next
   */
  constructor(message, hint) {
    super(message);
    this.name = 'Problem';
    this.hint = hint;
  }
}

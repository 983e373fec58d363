/** What was given can't be checked; one line that names it, the reason and the remedy. */
export class UnusableInput extends Error {}

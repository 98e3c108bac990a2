import type { Configuration } from '../configuration.ts';
import type { ConfigurationKey } from '../configuration-key.ts';
import type { WrittenConfiguration } from '../configuration-schema.ts';

export const commentsKey: ConfigurationKey = {
  key: 'comments',
  repositoryMay: 'Choose freely.',
  because: 'Comments explain the verdict; they do not make it. The check run says the same in any case.',
  replace: withComments,
  tighten: withComments,
};

function withComments(below: Configuration, { comments = {} }: WrittenConfiguration): Configuration {
  const { review, suggestions, expiryIssue } = below.comments;
  return {
    ...below,
    comments: {
      review: comments.review ?? review,
      suggestions: comments.suggestions ?? suggestions,
      expiryIssue: comments.expiry_issue ?? expiryIssue,
    },
  };
}

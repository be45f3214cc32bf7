using FluentValidation;
using Microblog.Contracts.Ingest;

namespace Microblog.Ingest.BoostPost;

internal sealed class BoostPostRequestValidator : AbstractValidator<BoostPostRequest>
{
    public BoostPostRequestValidator()
    {
        RuleFor(request => request.Visibility)
            .Must(visibility => visibility is Visibility.Public or Visibility.Unlisted or Visibility.Private)
            .WithMessage("{PropertyName} must be public, unlisted or private");
    }
}

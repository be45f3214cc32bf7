using FluentValidation;
using Microblog.Ingest.FormatText;
using Microblog.Ingest.Storage;

namespace Microblog.Ingest.CreatePost;

internal sealed class CreatePostRequestValidator : AbstractValidator<CreatePostRequest>
{
    /// <summary>UTF-16 units that are looked at: more than 500 characters with long links have.</summary>
    private const int UnitsMax = 10_000;

    private const int TagsMax = 50;
    private const int KeyLengthMax = 255;

    private const string NotOffered = "{PropertyName} must be empty: this server does not offer ";

    public CreatePostRequestValidator()
    {
        RuleFor(request => request.Text)
            .Cascade(CascadeMode.Stop)
            .Must(text => !PlainText.IsBlank(text)).WithMessage("{PropertyName} can't be blank")
            .Must((request, text) => IsShortEnough(text, request.SpoilerText))
            .WithMessage($"{{PropertyName}} character limit of {CharacterCount.CharactersMax} exceeded")
            .Must(text => NamesIn(text, TextPieceKind.Mention) <= AccountNames.NamesMax)
            .WithMessage($"{{PropertyName}} mentions more than {AccountNames.NamesMax} accounts")
            .Must(text => NamesIn(text, TextPieceKind.Tag) <= TagsMax)
            .WithMessage($"{{PropertyName}} has more than {TagsMax} hashtags");
        RuleFor(request => request.NamesVisibility)
            .Equal(true).WithName("Visibility").OverridePropertyName("Visibility")
            .WithMessage("{PropertyName} must be public, unlisted, private or direct");
        RuleFor(request => request.Language)
            .Matches("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$").WithMessage("{PropertyName} must be an ISO 639 code");
        RuleFor(request => request.IdempotencyKey)
            .MaximumLength(KeyLengthMax)
            .WithMessage($"{{PropertyName}} is too long (maximum is {KeyLengthMax} characters)");
        RuleFor(request => request.MediaIds).Empty().WithMessage(NotOffered + "media yet");
        RuleFor(request => request.PollOptions).Empty().WithMessage(NotOffered + "polls yet");
        RuleFor(request => request.ScheduledAt).Empty().WithMessage(NotOffered + "scheduled posts yet");
    }

    private static bool IsShortEnough(string text, string spoilerText) =>
        text.Length + spoilerText.Length <= UnitsMax
        && CharacterCount.Of(TextScanner.Scan(text), spoilerText) <= CharacterCount.CharactersMax;

    private static int NamesIn(string text, TextPieceKind kind) => TextScanner.Scan(text)
        .Where(piece => piece.Kind == kind)
        .DistinctBy(piece => piece.Name)
        .Count();
}

using FluentValidation;
using Microblog.Accounts.Authorize;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.RegisterApp;

/// <summary>
/// Bounds every text: what is registered here travels in tokens and stands on the page that asks for consent.
/// </summary>
internal sealed class RegisterAppValidator : AbstractValidator<RegisterAppRequest>
{
    private const int NameCharactersMax = 60;
    private const int WebsiteCharactersMax = 200;
    private const int RedirectUrisMax = 10;

    public RegisterAppValidator()
    {
        RuleFor(app => app.ClientName).NotEmpty().MaximumLength(NameCharactersMax);
        RuleFor(app => app.ClientName).Must(name => !name.Any(char.IsControl));
        RuleFor(app => app.RedirectUris).NotEmpty();
        RuleFor(app => app.RedirectUris)
            .Must(uris => uris.Count <= RedirectUrisMax)
            .WithMessage($"Redirect uris are too many (maximum is {RedirectUrisMax})");
        RuleFor(app => app.RedirectUris)
            .Must(uris => uris.All(RedirectAddress.IsAcceptable))
            .WithMessage("Redirect uris must be absolute addresses without a fragment, or urn:ietf:wg:oauth:2.0:oob");
        RuleFor(app => app.Scopes)
            .Must(scopes => scopes.All(Scopes.IsKnown))
            .WithMessage("Scopes doesn't match configured on the server.");
        RuleFor(app => app.Website)
            .MaximumLength(WebsiteCharactersMax)
            .Must(IsWebAddress)
            .When(app => app.Website is not null);
    }

    private static bool IsWebAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

using System.Text.RegularExpressions;
using FluentValidation;
using Microblog.Accounts.Storage;

namespace Microblog.Accounts.SignUp;

internal sealed partial class SignUpValidator : AbstractValidator<SignUpRequest>
{
    public const int UsernameCharactersMax = 30;
    private const int EmailCharactersMax = 254;

    // Names that would speak for the server, or that are words of an address.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "abuse", "about", "admin", "administrator", "all", "api", "auth", "everyone", "health", "help", "here", "host",
        "hostmaster", "info", "instance", "mail", "microblog", "mod", "moderator", "news", "null", "oauth", "owner",
        "postmaster", "root", "security", "settings", "staff", "support", "system", "tags", "undefined", "users",
        "webmaster", "www",
    };

    public SignUpValidator()
    {
        RuleFor(request => request.Username)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MaximumLength(UsernameCharactersMax)
            .Matches(Name())
            .WithMessage("Username must contain only letters, numbers and underscores")
            .Must(name => !Reserved.Contains(name))
            .WithErrorCode("ERR_RESERVED")
            .WithMessage("Username is reserved");
        RuleFor(request => request.Email)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MaximumLength(EmailCharactersMax)
            .Matches(Address());
        RuleFor(request => request.Password)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MinimumLength(Passwords.CharactersMin)
            .MaximumLength(Passwords.CharactersMax)
            .Must(password => !Passwords.IsCommon(password))
            .WithErrorCode("ERR_BLOCKED")
            .WithMessage("Password is one of the most common ones")
            .Must((request, password) => !IsOwnName(request, password))
            .WithErrorCode("ERR_BLOCKED")
            .WithMessage("Password is the name or the e-mail address");
        RuleFor(request => request.Agreement)
            .Equal(true)
            .WithErrorCode("ERR_ACCEPTED")
            .WithMessage("Agreement must be accepted");
    }

    private static bool IsOwnName(SignUpRequest request, string password) =>
        password.Equals(request.Username, StringComparison.OrdinalIgnoreCase)
        || password.Equals(request.Email, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex Name();

    // ASCII without blanks: whether mail arrives there, only sending some would tell.
    [GeneratedRegex(@"^[!-?A-~]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$")]
    private static partial Regex Address();
}

using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;

namespace Microblog.Accounts.EditProfile;

internal sealed partial class EditProfileValidator : AbstractValidator<EditProfileRequest>
{
    public const int FieldsMax = 4;
    private const int DisplayNameCharactersMax = 30;
    private const int NoteCharactersMax = 500;
    private const int FieldCharactersMax = 255;

    private static readonly string[] Visibilities = ["public", "unlisted", "private", "direct"];

    public EditProfileValidator()
    {
        RuleFor(edit => edit.DisplayName!)
            .Must(name => Characters(name) <= DisplayNameCharactersMax)
            .WithErrorCode("ERR_TOO_LONG")
            .WithMessage($"Display name is too long (maximum is {DisplayNameCharactersMax} characters)")
            .Must(name => !name.Any(char.IsControl))
            .When(edit => edit.DisplayName is not null);
        RuleFor(edit => edit.Note!)
            .Must(note => Characters(note) <= NoteCharactersMax)
            .WithErrorCode("ERR_TOO_LONG")
            .WithMessage($"Note is too long (maximum is {NoteCharactersMax} characters)")
            .When(edit => edit.Note is not null);
        RuleFor(edit => edit.FieldsAttributes!)
            .Must(rows => rows.Count(row => !row.IsEmpty) <= FieldsMax)
            .WithMessage($"Fields attributes are too many (maximum is {FieldsMax})")
            .Must(rows => rows.All(row => row.IsEmpty || row.Name.Length > 0))
            .WithMessage("Fields attributes need a name")
            .Must(rows => rows.All(IsShort))
            .WithMessage($"Fields attributes are too long (maximum is {FieldCharactersMax} characters)")
            .When(edit => edit.FieldsAttributes is not null);
        RuleFor(edit => edit.Privacy).Must(Visibilities.Contains).When(edit => edit.Privacy is not null)
            .WithMessage("Privacy is not included in the list");
        RuleFor(edit => edit.Language!).Matches(Language()).When(edit => edit.Language is not null);
        RuleFor(edit => edit.HasAvatar)
            .Equal(false)
            .WithMessage("Avatar cannot be stored: pictures are not offered yet");
        RuleFor(edit => edit.HasHeader)
            .Equal(false)
            .WithMessage("Header cannot be stored: pictures are not offered yet");
    }

    private static bool IsShort(EditProfileRequest.ProfileRow row) =>
        Characters(row.Name) <= FieldCharactersMax && Characters(row.Value) <= FieldCharactersMax;

    // As a person counts them: a flag or a face is one.
    private static int Characters(string text) => new StringInfo(text).LengthInTextElements;

    [GeneratedRegex("^([a-z]{2,3})?$")]
    private static partial Regex Language();
}

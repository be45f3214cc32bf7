using System.Net;
using System.Text.Json;
using FluentValidation;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class ValidationTests : IAsyncLifetime
{
    private RunningClientApi _api = null!;

    public async Task InitializeAsync() => _api = await RunningClientApi.Start(
        app => app.MapPost("/sign-up", (SignUpRequest request) => new { request.Username })
            .Describe("Signs up", Field.Text("username"), Field.Text("spoiler_text"))
            .Validate<SignUpRequest>(),
        configure: builder => builder.Services.AddSingleton<IValidator<SignUpRequest>, SignUpRequestValidator>());

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Good_input_reaches_the_handler()
    {
        var answer = await _api.Send(HttpMethod.Post, "/sign-up?username=bob");

        Assert.Equal("""{"username":"bob"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task All_complaints_stand_in_one_sentence_and_by_field()
    {
        var answer = await _api.Send(HttpMethod.Post, "/sign-up?spoiler_text=abcdef");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(
            "Validation failed: Username can't be blank, Spoiler text is too long (maximum is 5 characters)",
            body.GetProperty("error").GetString());
        var details = body.GetProperty("details");
        Assert.Equal("ERR_BLANK", details.GetProperty("username")[0].GetProperty("error").GetString());
        Assert.Equal("ERR_TOO_LONG", details.GetProperty("spoiler_text")[0].GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_validators_own_message_and_code_are_kept()
    {
        var answer = await _api.Send(HttpMethod.Post, "/sign-up?username=alice");

        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("Validation failed: Username has already been taken", body.GetProperty("error").GetString());
        Assert.Equal(
            """[{"error":"ERR_TAKEN","description":"Username has already been taken"}]""",
            body.GetProperty("details").GetProperty("username").GetRawText());
    }

    private sealed record SignUpRequest(string? Username, string? SpoilerText)
    {
        public static async ValueTask<SignUpRequest?> BindAsync(HttpContext http)
        {
            var fields = await RequestFields.Read(http);
            return new(fields.Text("username"), fields.Text("spoiler_text"));
        }
    }

    private sealed class SignUpRequestValidator : AbstractValidator<SignUpRequest>
    {
        public SignUpRequestValidator()
        {
            RuleFor(request => request.Username).NotEmpty();
            RuleFor(request => request.Username)
                .NotEqual("alice")
                .WithMessage("{PropertyName} has already been taken")
                .WithErrorCode("ERR_TAKEN");
            RuleFor(request => request.SpoilerText).MaximumLength(5);
        }
    }
}
